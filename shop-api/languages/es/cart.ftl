## The cart

your-cart = Tu cesta
cart-empty = Tu cesta está vacía
cart-empty-text = Lo que elijas espera aquí hasta que lo pidas.
price-each = { $price } por unidad
line-sold-out = Agotado: elimínalo
line-few-left =
    { $stock ->
        [one] Solo queda { $stock }: cambia la cantidad
       *[other] Solo quedan { $stock }: cambia la cantidad
    }
quantity-of = Cantidad: { $name }
# On buttons. The name of the product follows, for those who hear the page.
update = Actualizar
remove = Eliminar
order-now = Pedir ahora por { $total }
pay-on-invoice = Pagas contra factura, cuando hayamos preparado tu paquete.
sign-in-to-order = Iniciar sesión para pedir
sign-in-to-order-text = ¿Aún no tienes cuenta? Allí puedes crear una. Tu cesta te acompaña.
away = Ahora mismo no se puede iniciar sesión
away-text = Tu cesta se conserva y volverá en cuanto el servicio de inicio de sesión responda.

## What keeps an order from being placed

total-changed = El total ha cambiado
total-changed-text = Los precios han cambiado. El total es ahora { $total }. Revísalo y vuelve a pedir.
out-of-stock = No hay existencias suficientes
sold-out-text = { $name }: agotado. Cambia tu cesta para pedir el resto.
few-left-text =
    { $stock ->
        [one] { $name }: solo queda { $stock }. Cambia tu cesta para pedir el resto.
       *[other] { $name }: solo quedan { $stock }. Cambia tu cesta para pedir el resto.
    }
not-on-sale = Ya no está a la venta
not-on-sale-text = Uno de los productos ya no está a la venta. Quítalo para pedir el resto.
too-much = Demasiado para un solo pedido
too-much-text = Un pedido tiene como máximo { $lines } productos distintos y { $most } unidades de cada uno.
mixed-currencies = Monedas distintas
mixed-currencies-text = Un mismo pedido no puede tener productos en monedas distintas.
nothing-to-order-text = Elige algo primero y pídelo después.
in-flight-text = Tu pedido se está registrando. Lo encontrarás en un momento en «Mis pedidos».
cart-changed = Tu cesta ha cambiado
cart-changed-text = Ya no es la que mostraba esta página. Revísala y vuelve a pedir.
check-quantity = Comprueba la cantidad
check-quantity-text = Elige un número entero del 1 al { $most }. No se ha cambiado nada.
