## Around every page

shop-label = Shop
about-label = Über den Shop
products = Produkte
cart = Warenkorb
my-orders = Meine Bestellungen
# The same where there is little room.
my-orders-short = Bestellungen
# Behind a number that stands for itself.
item-word =
    { $count ->
        [one] Artikel
       *[other] Artikel
    }
items = { $count } Artikel
sign-in = Anmelden
# Stands for the name of a customer who has none.
signed-in = Angemeldet
signing-in-impossible = Die Anmeldung ist gerade nicht möglich
look-at-products = Produkte ansehen
go-to-products = Zu den Produkten

## Catalogue

hero-title = Gute Dinge für den Küchentisch
hero-text = Mit Ruhe gemacht, für lange Zeit. Wählen Sie aus, was Ihnen gefällt; anmelden müssen Sie sich erst, wenn Sie bestellen.
nothing-on-sale = Im Moment ist nichts im Angebot
nothing-on-sale-text = Bitte kommen Sie später wieder.
sold-out = Ausverkauft
few-left = Nur noch { $stock } da
in-stock = Auf Lager
add-to-cart = In den Warenkorb
more-products = Weitere Produkte

## Content pages

last-updated = Zuletzt aktualisiert am { $when }
