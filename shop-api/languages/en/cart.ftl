## The cart

your-cart = Your cart
cart-empty = Your cart is empty
cart-empty-text = What you choose waits here until you order it.
price-each = { $price } each
line-sold-out = Sold out: please remove it
line-few-left = Only { $stock } left: please change the quantity
quantity-of = Quantity of { $name }
# On buttons. The name of the product follows, for those who hear the page.
update = Update
remove = Remove
order-now = Order now for { $total }
pay-on-invoice = You pay on invoice, after we have packed your parcel.
sign-in-to-order = Sign in to order
sign-in-to-order-text = No account yet? You can make one there. Your cart comes along.
away = Signing in is not possible at the moment
away-text = Your own cart is kept and comes back as soon as the sign-in service answers again.

## What keeps an order from being placed

total-changed = The total has changed
total-changed-text = Prices have changed. The total is { $total } now. Look it over and order again.
out-of-stock = Not enough in stock
sold-out-text = { $name } is sold out. Change your cart to order the rest.
few-left-text = { $name }: only { $stock } left. Change your cart to order the rest.
not-on-sale = No longer on sale
not-on-sale-text = One of the products is not on sale any more. Take it out to order the rest.
too-much = Too much for one order
too-much-text = An order has at most { $lines } different products and { $most } of each.
mixed-currencies = Different currencies
mixed-currencies-text = Products in different currencies can't be in one order.
nothing-to-order-text = Choose something first, then order it.
in-flight-text = Your order is being placed. You find it in a moment below “My orders”.
cart-changed = Your cart has changed
cart-changed-text = It is not what this page showed any more. Look it over and order again.
check-quantity = Please check the quantity
check-quantity-text = Choose a whole number from 1 to { $most }. Nothing was changed.
