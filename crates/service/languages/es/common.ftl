## Around every page

skip = Ir al contenido
sign-out = Cerrar sesión
your-account = Tu cuenta
# Before the name of the person, for those who hear the page.
your-account-label = Tu cuenta:
staff-sign-in = Acceso del personal
back = Volver

## The foot of an error page

to-start-page = Ir a la página de inicio
# Before the code of the error.
for-support = Para asistencia:
# Behind that code, and before the id of the request.
and-request = , solicitud

## Goods

total = Total
quantity = Cantidad
# A price. { $number } is written as this language writes numbers.
money =
    { $currency ->
        [EUR] { $number } €
        [GBP] { $number } £
        [USD] { $number } $
       *[other] { $number } { $currency }
    }

## The page on which people choose their language

language-title = Elige tu idioma
language-lead = A partir de ahora, estas páginas estarán en este idioma.
# The link to that page; { $language } is the name of the language in use.
language-link = Idioma: { $language }
