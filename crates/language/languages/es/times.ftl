## A time in its zone

date-time =
    { $month ->
        [1] { $day } de enero de { $year }, { $time } { $zone }
        [2] { $day } de febrero de { $year }, { $time } { $zone }
        [3] { $day } de marzo de { $year }, { $time } { $zone }
        [4] { $day } de abril de { $year }, { $time } { $zone }
        [5] { $day } de mayo de { $year }, { $time } { $zone }
        [6] { $day } de junio de { $year }, { $time } { $zone }
        [7] { $day } de julio de { $year }, { $time } { $zone }
        [8] { $day } de agosto de { $year }, { $time } { $zone }
        [9] { $day } de septiembre de { $year }, { $time } { $zone }
        [10] { $day } de octubre de { $year }, { $time } { $zone }
        [11] { $day } de noviembre de { $year }, { $time } { $zone }
       *[12] { $day } de diciembre de { $year }, { $time } { $zone }
    }
