## Around every page

skip = Skip to content
sign-out = Sign out
your-account = Your account
# Before the name of the person, for those who hear the page.
your-account-label = Your account:
staff-sign-in = Staff sign-in
back = Back

## The foot of an error page

to-start-page = Go to the start page
# Before the code of the error.
for-support = For support:
# Behind that code, and before the id of the request.
and-request = , request

## Goods

total = Total
quantity = Quantity
# A price. { $number } is written as this language writes numbers.
money =
    { $currency ->
        [EUR] €{ $number }
        [GBP] £{ $number }
        [USD] ${ $number }
       *[other] { $number } { $currency }
    }

## The page on which people choose their language

language-title = Choose your language
language-lead = The pages here are in this language from now on.
# The link to that page; { $language } is the name of the language in use.
language-link = Language: { $language }
