## Around every page

skip = Aller au contenu
sign-out = Se déconnecter
your-account = Votre compte
# Before the name of the person, for those who hear the page.
your-account-label = Votre compte :
staff-sign-in = Connexion du personnel
back = Retour

## The foot of an error page

to-start-page = Aller à l’accueil
# Before the code of the error.
for-support = Pour l’assistance :
# Behind that code, and before the id of the request.
and-request = , requête

## Goods

total = Total
quantity = Quantité
# A price. { $number } is written as this language writes numbers.
money =
    { $currency ->
        [EUR] { $number } €
        [GBP] { $number } £
        [USD] { $number } $
       *[other] { $number } { $currency }
    }

## The page on which people choose their language

language-title = Choisissez votre langue
language-lead = Les pages de ce site seront désormais dans cette langue.
# The link to that page; { $language } is the name of the language in use.
language-link = Langue : { $language }
