## Orders

no-orders = Aún no hay pedidos
no-orders-text = Lo que pidas aparecerá aquí, con cada paso que dé.
order = Pedido { $reference }
older-orders = Pedidos anteriores
thanks = ¡Gracias!
thanks-text = Tenemos tu pedido. Esta página muestra cómo va.
what-you-ordered = Lo que has pedido
what-happened = Lo que ha pasado
# Who did something, and when.
event-by = { $who }, { $when }
actor-you = tú
actor-shop = la tienda

## The payment of an order

payment-due = Por pagar
payment-paid = Pagado
payment-refunded = Reembolsado
payment-cancelled = Nada que pagar
payment-due-again = Pago de nuevo pendiente
payment-received = Pago recibido
payment-returned = Pago reembolsado
payment-dropped = Pago cancelado

## The parcel of an order

order-new = Recibido
order-packed = Preparado
order-shipped = En camino
order-delivered = Entregado
order-returned = Devuelto
order-cancelled = Cancelado
order-placed = Pedido realizado
parcel-new = De vuelta al principio
parcel-packed = Paquete preparado
parcel-shipped = Paquete en camino
parcel-delivered = Paquete entregado
parcel-returned = El paquete ha vuelto
parcel-cancelled = Pedido cancelado

## After signing out

signed-out = Has cerrado la sesión
signed-out-text = Gracias por tu visita. Hasta pronto.
still-signed-in = Has iniciado sesión
still-signed-in-text = Usa el botón de arriba para cerrar la sesión.
