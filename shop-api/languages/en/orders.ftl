## Orders

no-orders = No orders yet
no-orders-text = Whatever you order appears here, with every step it takes.
order = Order { $reference }
older-orders = Older orders
thanks = Thank you!
thanks-text = We have your order. This page shows how it is getting on.
what-you-ordered = What you ordered
what-happened = What happened
# Who did something, and when.
event-by = { $who }, { $when }
actor-you = you
actor-shop = the shop

## The payment of an order

payment-due = To be paid
payment-paid = Paid
payment-refunded = Refunded
payment-cancelled = Nothing to pay
payment-due-again = Payment open again
payment-received = Payment received
payment-returned = Payment refunded
payment-dropped = Payment cancelled

## The parcel of an order

order-new = Received
order-packed = Packed
order-shipped = On its way
order-delivered = Delivered
order-returned = Returned
order-cancelled = Cancelled
order-placed = Order placed
parcel-new = Back at the beginning
parcel-packed = Parcel packed
parcel-shipped = Parcel on its way
parcel-delivered = Parcel delivered
parcel-returned = Parcel came back
parcel-cancelled = Order cancelled

## After signing out

signed-out = You are signed out
signed-out-text = Thank you for your visit. See you soon.
still-signed-in = You are signed in
still-signed-in-text = Use the button at the top to sign out.
