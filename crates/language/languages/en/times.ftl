## A time in its zone

date-time =
    { $month ->
        [1] { $day } January { $year }, { $time } { $zone }
        [2] { $day } February { $year }, { $time } { $zone }
        [3] { $day } March { $year }, { $time } { $zone }
        [4] { $day } April { $year }, { $time } { $zone }
        [5] { $day } May { $year }, { $time } { $zone }
        [6] { $day } June { $year }, { $time } { $zone }
        [7] { $day } July { $year }, { $time } { $zone }
        [8] { $day } August { $year }, { $time } { $zone }
        [9] { $day } September { $year }, { $time } { $zone }
        [10] { $day } October { $year }, { $time } { $zone }
        [11] { $day } November { $year }, { $time } { $zone }
       *[12] { $day } December { $year }, { $time } { $zone }
    }
