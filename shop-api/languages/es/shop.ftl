## Around every page

shop-label = Tienda
about-label = Sobre la tienda
products = Productos
cart = Cesta
my-orders = Mis pedidos
# The same where there is little room.
my-orders-short = Pedidos
# Behind a number that stands for itself.
item-word =
    { $count ->
        [one] artículo
       *[other] artículos
    }
items =
    { $count ->
        [one] { $count } artículo
       *[other] { $count } artículos
    }
sign-in = Iniciar sesión
# Stands for the name of a customer who has none.
signed-in = Sesión iniciada
signing-in-impossible = Ahora no se puede iniciar sesión
look-at-products = Ver los productos
go-to-products = Ir a los productos

## Catalogue

hero-title = Cosas buenas para la mesa de la cocina
hero-text = Hechas sin prisa, pensadas para durar. Elige lo que te guste; solo tienes que iniciar sesión al hacer el pedido.
nothing-on-sale = Ahora mismo no hay nada a la venta
nothing-on-sale-text = Vuelve más tarde.
sold-out = Agotado
few-left =
    { $stock ->
        [one] Solo queda { $stock }
       *[other] Solo quedan { $stock }
    }
in-stock = Disponible
add-to-cart = Añadir a la cesta
more-products = Más productos

## Content pages

last-updated = Última actualización: { $when }
