## Orders

no-orders = Aucune commande pour le moment
no-orders-text = Ce que vous commandez apparaît ici, avec chacune de ses étapes.
order = Commande { $reference }
older-orders = Commandes plus anciennes
thanks = Merci !
thanks-text = Nous avons reçu votre commande. Cette page montre où elle en est.
what-you-ordered = Ce que vous avez commandé
what-happened = Ce qui s’est passé
# Who did something, and when.
event-by = { $who }, { $when }
actor-you = vous
actor-shop = la boutique

## The payment of an order

payment-due = À payer
payment-paid = Payée
payment-refunded = Remboursée
payment-cancelled = Rien à payer
payment-due-again = Paiement de nouveau attendu
payment-received = Paiement reçu
payment-returned = Paiement remboursé
payment-dropped = Paiement annulé

## The parcel of an order

order-new = Reçue
order-packed = Préparée
order-shipped = En route
order-delivered = Livrée
order-returned = Retournée
order-cancelled = Annulée
order-placed = Commande passée
parcel-new = Retour au début
parcel-packed = Colis préparé
parcel-shipped = Colis en route
parcel-delivered = Colis livré
parcel-returned = Colis revenu
parcel-cancelled = Commande annulée

## After signing out

signed-out = Vous avez fermé votre session
signed-out-text = Merci de votre visite. À bientôt.
still-signed-in = Votre session est ouverte
still-signed-in-text = Le bouton en haut de la page ferme votre session.
