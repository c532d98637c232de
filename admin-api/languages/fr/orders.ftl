## The list of orders

no-orders = Aucune commande ici
no-orders-found = Aucune commande n’est dans cet état.
show-all-orders = Afficher toutes les commandes
no-orders-yet = Les commandes apparaissent ici dès que les clients les passent.
look-at-storefront = Voir la boutique
newest-first = Les plus récentes d’abord
order-column = Commande
placed = Passée
customer = Client
payment = Paiement
fulfilment = Livraison
items = Articles
older-orders = Commandes plus anciennes

## The page of an order

all-orders = Toutes les commandes
order = Commande { $reference }
nothing-changed = Rien n’a été modifié
order-ended = Cette commande est terminée : il n’y a plus rien à modifier.
timeline = Chronologie
goods = Articles, tels qu’ils étaient au moment de la commande
product = Produit
price = Prix
sum = Somme
order-changed = La commande est modifiée.
own-change = Vous avez modifié cette commande dans un autre onglet après avoir ouvert cette page. Regardez-la de nouveau, puis décidez.
changed-by = Modifiée entre-temps ({ $who }). Regardez de nouveau la commande, puis décidez.
illegal = La commande ne peut pas changer ainsi

## The confirmation of a change

question = { $act } ?
order-of = Commande { $reference }, { $customer }, { $total }.
reason-hint-order = Pour vos collègues, dans l’historique de la commande. Le client ne le voit pas.
keep-order = La laisser ainsi

## The payment of an order

payment-due = À payer
payment-paid = Payée
payment-refunded = Remboursée
payment-cancelled = Annulée
set-paid = Marquer comme payée
set-refunded = Rembourser le paiement
set-payment-cancelled = Annuler le paiement
set-due = Paiement de nouveau à faire
loss-refunded = Le client récupère son argent, et le paiement de cette commande est définitivement réglé.
loss-payment-cancelled = Plus personne n’a à payer cette commande, et c’est irréversible.

## The fulfilment of an order

order-new = Nouvelle
order-packed = Préparée
order-shipped = Expédiée
order-delivered = Livrée
order-returned = Retournée
order-cancelled = Annulée
set-packed = Marquer comme préparée
set-shipped = Marquer comme expédiée
set-delivered = Marquer comme livrée
set-returned = Marquer comme retournée
set-cancelled = Annuler la commande
set-new = Pas préparée finalement
loss-cancelled = Les articles retournent en stock, et la commande ne pourra plus jamais être préparée ni expédiée.
loss-returned = La commande s’arrête ici : elle ne peut plus être expédiée ni livrée.

## Events of an order

event-placed = Commande passée
event-payment = Paiement : { $from } → { $to }
event-fulfilment = Livraison : { $from } → { $to }

## Why an order does not change

illegal-never-sent = Une commande qui ne sera jamais expédiée ne peut pas être payée.
illegal-not-paid = Ce qui n’a pas été payé ne peut pas être remboursé.
illegal-paid = Ce qui a été payé ne peut qu’être remboursé.
illegal-same-payment = La commande a déjà cet état de paiement.
illegal-settled = Le paiement de cette commande est réglé.
illegal-payment-cancelled = Une commande dont le paiement a été annulé ne peut pas être préparée.
illegal-unpaid = Une commande n’est expédiée qu’une fois payée.
illegal-same-fulfilment = La commande a déjà cet état de livraison.
illegal-ended = La livraison de cette commande est terminée.
illegal-shipped = Ce qui a été expédié ne peut qu’être retourné.
illegal-order = Une commande est préparée, puis expédiée, puis livrée.
