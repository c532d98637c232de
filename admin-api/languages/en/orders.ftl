## The list of orders

no-orders = No orders here
no-orders-found = No order is in this state.
show-all-orders = Show all orders
no-orders-yet = Orders appear here as soon as customers place them.
look-at-storefront = Look at the storefront
newest-first = Newest first
order-column = Order
placed = Placed
customer = Customer
payment = Payment
fulfilment = Fulfilment
items = Items
older-orders = Older orders

## The page of an order

all-orders = All orders
order = Order { $reference }
nothing-changed = Nothing was changed
order-ended = This order has ended: there is nothing left to change.
timeline = Timeline
goods = Goods, as they were when the order was placed
product = Product
price = Price
sum = Sum
order-changed = The order is changed.
own-change = You changed this order in another tab after you opened this page. Look at it again, then decide.
changed-by = Changed meanwhile by { $who }. Look at the order again, then decide.
illegal = The order can't change like this

## The confirmation of a change

question = { $act }?
order-of = Order { $reference } of { $customer }, { $total }.
reason-hint-order = For your colleagues, in the history of the order. The customer doesn't see it.
keep-order = Keep it as it is

## The payment of an order

payment-due = Due
payment-paid = Paid
payment-refunded = Refunded
payment-cancelled = Cancelled
set-paid = Mark as paid
set-refunded = Refund the payment
set-payment-cancelled = Cancel the payment
set-due = Payment due again
loss-refunded = The customer gets the money back, and the payment of this order is settled for good.
loss-payment-cancelled = Nobody has to pay for this order any more, and that can't be changed back.

## The fulfilment of an order

order-new = New
order-packed = Packed
order-shipped = Shipped
order-delivered = Delivered
order-returned = Returned
order-cancelled = Cancelled
set-packed = Mark as packed
set-shipped = Mark as shipped
set-delivered = Mark as delivered
set-returned = Mark as returned
set-cancelled = Cancel the order
set-new = Not packed after all
loss-cancelled = The goods go back into stock, and the order can never be packed or sent.
loss-returned = The order ends here: it can't be sent or delivered again.

## Events of an order

event-placed = Order placed
event-payment = Payment: { $from } → { $to }
event-fulfilment = Fulfilment: { $from } → { $to }

## Why an order does not change

illegal-never-sent = An order that will never be sent can't be paid.
illegal-not-paid = What was not paid can't be refunded.
illegal-paid = What was paid can only be refunded.
illegal-same-payment = The order has this payment status already.
illegal-settled = The payment of this order is settled.
illegal-payment-cancelled = An order whose payment was cancelled can't be packed.
illegal-unpaid = An order is shipped only after it was paid.
illegal-same-fulfilment = The order has this fulfilment status already.
illegal-ended = The fulfilment of this order has ended.
illegal-shipped = What was shipped can only be returned.
illegal-order = An order is packed, then shipped, then delivered.
