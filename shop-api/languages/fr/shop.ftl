## Around every page

shop-label = Boutique
about-label = À propos de la boutique
products = Produits
cart = Panier
my-orders = Mes commandes
# The same where there is little room.
my-orders-short = Commandes
# Behind a number that stands for itself.
item-word =
    { $count ->
        [one] article
       *[other] articles
    }
items =
    { $count ->
        [one] { $count } article
       *[other] { $count } articles
    }
sign-in = Se connecter
# Stands for the name of a customer who has none.
signed-in = Votre session
signing-in-impossible = La connexion est impossible en ce moment
look-at-products = Voir les produits
go-to-products = Aller aux produits

## Catalogue

hero-title = De belles choses pour la table de la cuisine
hero-text = Faites lentement, faites pour durer. Choisissez ce qui vous plaît ; vous ne vous connectez qu’au moment de commander.
nothing-on-sale = Rien n’est en vente pour le moment
nothing-on-sale-text = Revenez plus tard.
sold-out = Épuisé
few-left =
    { $stock ->
        [one] Plus que { $stock } exemplaire
       *[other] Plus que { $stock } exemplaires
    }
in-stock = En stock
add-to-cart = Ajouter au panier
more-products = Plus de produits

## Content pages

last-updated = Dernière mise à jour le { $when }
