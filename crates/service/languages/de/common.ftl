## Around every page

skip = Zum Inhalt springen
sign-out = Abmelden
your-account = Ihr Konto
# Before the name of the person, for those who hear the page.
your-account-label = Ihr Konto:
staff-sign-in = Team-Anmeldung
back = Zurück

## The foot of an error page

to-start-page = Zur Startseite
# Before the code of the error.
for-support = Für den Support:
# Behind that code, and before the id of the request.
and-request = , Anfrage

## Goods

total = Summe
quantity = Menge
# A price. { $number } is written as this language writes numbers.
money =
    { $currency ->
        [EUR] { $number } €
        [GBP] { $number } £
        [USD] { $number } $
       *[other] { $number } { $currency }
    }

## The page on which people choose their language

language-title = Sprache wählen
language-lead = Diese Seiten erscheinen künftig in der Sprache, die Sie wählen.
# The link to that page; { $language } is the name of the language in use.
language-link = Sprache: { $language }
