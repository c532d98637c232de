## The list of orders

no-orders = Aquí no hay pedidos
no-orders-found = Ningún pedido está en este estado.
show-all-orders = Mostrar todos los pedidos
no-orders-yet = Los pedidos aparecen aquí en cuanto los hacen los clientes.
look-at-storefront = Ver la tienda
newest-first = Los más recientes primero
order-column = Pedido
placed = Realizado
customer = Cliente
payment = Pago
fulfilment = Envío
items = Artículos
older-orders = Pedidos anteriores

## The page of an order

all-orders = Todos los pedidos
order = Pedido { $reference }
nothing-changed = No se ha cambiado nada
order-ended = Este pedido ha terminado: ya no hay nada que cambiar.
timeline = Cronología
goods = Productos, tal como eran al hacer el pedido
product = Producto
price = Precio
sum = Importe
order-changed = El pedido se ha cambiado.
own-change = Has cambiado este pedido en otra pestaña después de abrir esta página. Vuelve a mirarlo y decide.
changed-by = Cambiado mientras tanto ({ $who }). Vuelve a mirar el pedido y decide.
illegal = El pedido no puede cambiar así

## The confirmation of a change

question = ¿{ $act }?
order-of = Pedido { $reference }, { $customer }, { $total }.
reason-hint-order = Para tus colegas, en el historial del pedido. El cliente no lo ve.
keep-order = Dejarlo como está

## The payment of an order

payment-due = Pendiente
payment-paid = Pagado
payment-refunded = Reembolsado
payment-cancelled = Cancelado
set-paid = Marcar como pagado
set-refunded = Reembolsar el pago
set-payment-cancelled = Cancelar el pago
set-due = Pago pendiente de nuevo
loss-refunded = El cliente recupera el dinero y el pago de este pedido queda cerrado para siempre.
loss-payment-cancelled = Nadie tendrá que pagar ya este pedido, y eso no se puede deshacer.

## The fulfilment of an order

order-new = Nuevo
order-packed = Preparado
order-shipped = Enviado
order-delivered = Entregado
order-returned = Devuelto
order-cancelled = Cancelado
set-packed = Marcar como preparado
set-shipped = Marcar como enviado
set-delivered = Marcar como entregado
set-returned = Marcar como devuelto
set-cancelled = Cancelar el pedido
set-new = Al final no está preparado
loss-cancelled = Los productos vuelven al almacén y el pedido ya no se podrá preparar ni enviar nunca.
loss-returned = El pedido termina aquí: no se podrá volver a enviar ni entregar.

## Events of an order

event-placed = Pedido realizado
event-payment = Pago: { $from } → { $to }
event-fulfilment = Envío: { $from } → { $to }

## Why an order does not change

illegal-never-sent = Un pedido que nunca se enviará no se puede pagar.
illegal-not-paid = Lo que no se ha pagado no se puede reembolsar.
illegal-paid = Lo que se ha pagado solo se puede reembolsar.
illegal-same-payment = El pedido ya tiene este estado de pago.
illegal-settled = El pago de este pedido está cerrado.
illegal-payment-cancelled = Un pedido cuyo pago se canceló no se puede preparar.
illegal-unpaid = Un pedido se envía solo después de pagarse.
illegal-same-fulfilment = El pedido ya tiene este estado de envío.
illegal-ended = El envío de este pedido ha terminado.
illegal-shipped = Lo que se ha enviado solo se puede devolver.
illegal-order = Un pedido se prepara, luego se envía y luego se entrega.
