## A time in its zone

date-time =
    { $month ->
        [1] { $day }. Januar { $year }, { $time } Uhr { $zone }
        [2] { $day }. Februar { $year }, { $time } Uhr { $zone }
        [3] { $day }. März { $year }, { $time } Uhr { $zone }
        [4] { $day }. April { $year }, { $time } Uhr { $zone }
        [5] { $day }. Mai { $year }, { $time } Uhr { $zone }
        [6] { $day }. Juni { $year }, { $time } Uhr { $zone }
        [7] { $day }. Juli { $year }, { $time } Uhr { $zone }
        [8] { $day }. August { $year }, { $time } Uhr { $zone }
        [9] { $day }. September { $year }, { $time } Uhr { $zone }
        [10] { $day }. Oktober { $year }, { $time } Uhr { $zone }
        [11] { $day }. November { $year }, { $time } Uhr { $zone }
       *[12] { $day }. Dezember { $year }, { $time } Uhr { $zone }
    }
