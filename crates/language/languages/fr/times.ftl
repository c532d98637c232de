## A time in its zone

date-time =
    { $day ->
        [1] 1er
       *[other] { $day }
    } { $month ->
        [1] janvier { $year } à { $time } { $zone }
        [2] février { $year } à { $time } { $zone }
        [3] mars { $year } à { $time } { $zone }
        [4] avril { $year } à { $time } { $zone }
        [5] mai { $year } à { $time } { $zone }
        [6] juin { $year } à { $time } { $zone }
        [7] juillet { $year } à { $time } { $zone }
        [8] août { $year } à { $time } { $zone }
        [9] septembre { $year } à { $time } { $zone }
        [10] octobre { $year } à { $time } { $zone }
        [11] novembre { $year } à { $time } { $zone }
       *[12] décembre { $year } à { $time } { $zone }
    }
