## A time in its zone

date-time =
    { $month ->
        [1] { $day } يناير { $year }، { $time } { $zone }
        [2] { $day } فبراير { $year }، { $time } { $zone }
        [3] { $day } مارس { $year }، { $time } { $zone }
        [4] { $day } أبريل { $year }، { $time } { $zone }
        [5] { $day } مايو { $year }، { $time } { $zone }
        [6] { $day } يونيو { $year }، { $time } { $zone }
        [7] { $day } يوليو { $year }، { $time } { $zone }
        [8] { $day } أغسطس { $year }، { $time } { $zone }
        [9] { $day } سبتمبر { $year }، { $time } { $zone }
        [10] { $day } أكتوبر { $year }، { $time } { $zone }
        [11] { $day } نوفمبر { $year }، { $time } { $zone }
       *[12] { $day } ديسمبر { $year }، { $time } { $zone }
    }
