## The cart

your-cart = Votre panier
cart-empty = Votre panier est vide
cart-empty-text = Ce que vous choisissez attend ici jusqu’à votre commande.
price-each = { $price } l’unité
line-sold-out = Épuisé : veuillez le retirer
line-few-left =
    { $stock ->
        [one] Plus que { $stock } exemplaire : veuillez modifier la quantité
       *[other] Plus que { $stock } exemplaires : veuillez modifier la quantité
    }
quantity-of = Quantité : { $name }
# On buttons. The name of the product follows, for those who hear the page.
update = Mettre à jour
remove = Retirer
order-now = Commander pour { $total }
pay-on-invoice = Vous payez sur facture, une fois votre colis préparé.
sign-in-to-order = Se connecter pour commander
sign-in-to-order-text = Pas encore de compte ? Vous pourrez en créer un. Votre panier vous suit.
away = La connexion est impossible pour le moment
away-text = Votre panier est conservé et revient dès que le service de connexion répond de nouveau.

## What keeps an order from being placed

total-changed = Le total a changé
total-changed-text = Des prix ont changé. Le total est maintenant de { $total }. Vérifiez, puis commandez de nouveau.
out-of-stock = Stock insuffisant
sold-out-text = { $name } est épuisé. Modifiez votre panier pour commander le reste.
few-left-text =
    { $stock ->
        [one] { $name } : plus que { $stock } exemplaire. Modifiez votre panier pour commander le reste.
       *[other] { $name } : plus que { $stock } exemplaires. Modifiez votre panier pour commander le reste.
    }
not-on-sale = N’est plus en vente
not-on-sale-text = L’un des produits n’est plus en vente. Retirez-le pour commander le reste.
too-much = Trop pour une seule commande
too-much-text = Une commande contient au plus { $lines } produits différents, et { $most } exemplaires de chacun.
mixed-currencies = Plusieurs devises
mixed-currencies-text = Une commande ne peut pas réunir des produits de devises différentes.
nothing-to-order-text = Choisissez d’abord quelque chose, puis commandez.
in-flight-text = Votre commande est en cours d’enregistrement. Vous la trouverez dans un instant sous « Mes commandes ».
cart-changed = Votre panier a changé
cart-changed-text = Il n’est plus tel que cette page le montrait. Vérifiez-le, puis commandez de nouveau.
check-quantity = Veuillez vérifier la quantité
check-quantity-text = Choisissez un nombre entier de 1 à { $most }. Rien n’a été modifié.
