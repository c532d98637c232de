## The list of orders

no-orders = Hier sind keine Bestellungen
no-orders-found = Keine Bestellung hat diesen Status.
show-all-orders = Alle Bestellungen anzeigen
no-orders-yet = Bestellungen erscheinen hier, sobald sie aufgegeben werden.
look-at-storefront = Shop ansehen
newest-first = Neueste zuerst
order-column = Bestellung
placed = Aufgegeben
customer = Bestellt von
payment = Zahlung
fulfilment = Versand
items = Artikel
older-orders = Ältere Bestellungen

## The page of an order

all-orders = Alle Bestellungen
order = Bestellung { $reference }
nothing-changed = Es wurde nichts geändert
order-ended = Diese Bestellung ist abgeschlossen: Es gibt nichts mehr zu ändern.
timeline = Verlauf
goods = Waren, wie sie zum Zeitpunkt der Bestellung waren
product = Produkt
price = Preis
sum = Summe
order-changed = Die Bestellung ist geändert.
own-change = Sie haben diese Bestellung in einem anderen Tab geändert, nachdem Sie diese Seite geöffnet haben. Sehen Sie sie noch einmal an und entscheiden Sie dann.
changed-by = Inzwischen geändert ({ $who }). Sehen Sie sich die Bestellung noch einmal an und entscheiden Sie dann.
illegal = So kann sich die Bestellung nicht ändern

## The confirmation of a change

question = { $act }?
order-of = Bestellung { $reference }, { $customer }, { $total }.
reason-hint-order = Für das Team, im Verlauf der Bestellung. Wer bestellt hat, sieht es nicht.
keep-order = So lassen

## The payment of an order

payment-due = Offen
payment-paid = Bezahlt
payment-refunded = Erstattet
payment-cancelled = Storniert
set-paid = Als bezahlt markieren
set-refunded = Zahlung erstatten
set-payment-cancelled = Zahlung stornieren
set-due = Zahlung wieder offen
loss-refunded = Das Geld wird zurückgezahlt, und die Zahlung dieser Bestellung ist endgültig abgeschlossen.
loss-payment-cancelled = Niemand muss diese Bestellung mehr bezahlen, und das lässt sich nicht rückgängig machen.

## The fulfilment of an order

order-new = Neu
order-packed = Gepackt
order-shipped = Versandt
order-delivered = Zugestellt
order-returned = Zurückgekommen
order-cancelled = Storniert
set-packed = Als gepackt markieren
set-shipped = Als versandt markieren
set-delivered = Als zugestellt markieren
set-returned = Als zurückgekommen markieren
set-cancelled = Bestellung stornieren
set-new = Doch nicht gepackt
loss-cancelled = Die Waren gehen zurück ins Lager, und die Bestellung kann nie mehr gepackt oder versandt werden.
loss-returned = Die Bestellung endet hier: Sie kann nicht noch einmal versandt oder zugestellt werden.

## Events of an order

event-placed = Bestellung aufgegeben
event-payment = Zahlung: { $from } → { $to }
event-fulfilment = Versand: { $from } → { $to }

## Why an order does not change

illegal-never-sent = Eine Bestellung, die nie versandt wird, kann nicht bezahlt werden.
illegal-not-paid = Was nicht bezahlt wurde, kann nicht erstattet werden.
illegal-paid = Was bezahlt wurde, kann nur erstattet werden.
illegal-same-payment = Die Bestellung hat diesen Zahlungsstatus schon.
illegal-settled = Die Zahlung dieser Bestellung ist abgeschlossen.
illegal-payment-cancelled = Eine Bestellung, deren Zahlung storniert wurde, kann nicht gepackt werden.
illegal-unpaid = Eine Bestellung wird erst versandt, wenn sie bezahlt ist.
illegal-same-fulfilment = Die Bestellung hat diesen Versandstatus schon.
illegal-ended = Der Versand dieser Bestellung ist abgeschlossen.
illegal-shipped = Was versandt wurde, kann nur zurückkommen.
illegal-order = Eine Bestellung wird gepackt, dann versandt, dann zugestellt.
