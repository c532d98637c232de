## The cart

your-cart = Ihr Warenkorb
cart-empty = Ihr Warenkorb ist leer
cart-empty-text = Was Sie auswählen, wartet hier, bis Sie es bestellen.
price-each = je { $price }
line-sold-out = Ausverkauft: bitte entfernen
line-few-left = Nur noch { $stock } da: bitte die Menge ändern
quantity-of = Menge: { $name }
# On buttons. The name of the product follows, for those who hear the page.
update = Aktualisieren
remove = Entfernen
order-now = Jetzt zahlungspflichtig bestellen: { $total }
pay-on-invoice = Sie zahlen auf Rechnung, nachdem wir Ihr Paket gepackt haben.
sign-in-to-order = Zum Bestellen anmelden
sign-in-to-order-text = Noch kein Konto? Dort können Sie eines erstellen. Ihr Warenkorb kommt mit.
away = Die Anmeldung ist im Moment nicht möglich
away-text = Ihr eigener Warenkorb bleibt erhalten und ist wieder da, sobald der Anmeldedienst wieder antwortet.

## What keeps an order from being placed

total-changed = Die Summe hat sich geändert
total-changed-text = Preise haben sich geändert. Die Summe ist jetzt { $total }. Sehen Sie alles noch einmal an und bestellen Sie dann erneut.
out-of-stock = Nicht genug auf Lager
sold-out-text = { $name } ist ausverkauft. Ändern Sie Ihren Warenkorb, um den Rest zu bestellen.
few-left-text = { $name }: nur noch { $stock } da. Ändern Sie Ihren Warenkorb, um den Rest zu bestellen.
not-on-sale = Nicht mehr im Angebot
not-on-sale-text = Eines der Produkte ist nicht mehr im Angebot. Nehmen Sie es heraus, um den Rest zu bestellen.
too-much = Zu viel für eine Bestellung
too-much-text = Eine Bestellung hat höchstens { $lines } verschiedene Produkte und je { $most } Stück.
mixed-currencies = Verschiedene Währungen
mixed-currencies-text = Produkte in verschiedenen Währungen können nicht in einer Bestellung sein.
nothing-to-order-text = Wählen Sie zuerst etwas aus und bestellen Sie es dann.
in-flight-text = Ihre Bestellung wird gerade aufgegeben. Sie finden sie gleich unter „Meine Bestellungen“.
cart-changed = Ihr Warenkorb hat sich geändert
cart-changed-text = Er ist nicht mehr so, wie diese Seite ihn gezeigt hat. Sehen Sie ihn noch einmal an und bestellen Sie dann erneut.
check-quantity = Bitte prüfen Sie die Menge
check-quantity-text = Wählen Sie eine ganze Zahl von 1 bis { $most }. Es wurde nichts geändert.
