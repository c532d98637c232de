## Orders

no-orders = Noch keine Bestellungen
no-orders-text = Was Sie bestellen, erscheint hier mit jedem Schritt, den es geht.
order = Bestellung { $reference }
older-orders = Ältere Bestellungen
thanks = Vielen Dank!
thanks-text = Ihre Bestellung ist bei uns. Diese Seite zeigt, wie es mit ihr weitergeht.
what-you-ordered = Was Sie bestellt haben
what-happened = Was geschehen ist
# Who did something, and when.
event-by = { $who }, { $when }
actor-you = Sie
actor-shop = der Shop

## The payment of an order

payment-due = Noch zu bezahlen
payment-paid = Bezahlt
payment-refunded = Erstattet
payment-cancelled = Nichts zu bezahlen
payment-due-again = Zahlung wieder offen
payment-received = Zahlung eingegangen
payment-returned = Zahlung erstattet
payment-dropped = Zahlung entfällt

## The parcel of an order

order-new = Eingegangen
order-packed = Gepackt
order-shipped = Unterwegs
order-delivered = Zugestellt
order-returned = Zurückgekommen
order-cancelled = Storniert
order-placed = Bestellung aufgegeben
parcel-new = Wieder am Anfang
parcel-packed = Paket gepackt
parcel-shipped = Paket unterwegs
parcel-delivered = Paket zugestellt
parcel-returned = Paket ist zurückgekommen
parcel-cancelled = Bestellung storniert

## After signing out

signed-out = Sie sind abgemeldet
signed-out-text = Vielen Dank für Ihren Besuch. Bis bald.
still-signed-in = Sie sind angemeldet
still-signed-in-text = Mit dem Button oben melden Sie sich ab.
