## Around every page

shop-label = Shop
about-label = About the shop
products = Products
cart = Cart
my-orders = My orders
# The same where there is little room.
my-orders-short = Orders
# Behind a number that stands for itself.
item-word =
    { $count ->
        [one] item
       *[other] items
    }
items =
    { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
sign-in = Sign in
# Stands for the name of a customer who has none.
signed-in = Signed in
signing-in-impossible = Signing in is not possible now
look-at-products = Look at the products
go-to-products = Go to the products

## Catalogue

hero-title = Good things for the kitchen table
hero-text = Made slowly, meant to stay. Choose what you like; you only sign in when you order.
nothing-on-sale = Nothing is on sale at the moment
nothing-on-sale-text = Please come back later.
sold-out = Sold out
few-left = Only { $stock } left
in-stock = In stock
add-to-cart = Put into cart
more-products = More products

## Content pages

last-updated = Last updated on { $when }
