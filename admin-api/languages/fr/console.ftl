## Around every page

console = Console du personnel
console-label = Console
overview = Vue d’ensemble
content = Contenu
orders = Commandes
for-staff-only = Réservé au personnel. Requête
# Before the title of a page on which something has to be changed.
title-error = Erreur :
show = Afficher
any = Tous
state = État
why = Pourquoi ?
nothing-changed-yet = Rien n’a encore été modifié

## The invitation to sign in

landing-text = Contenu et commandes de la boutique. Il vous faut un compte du personnel et votre application d’authentification ; les comptes clients ne fonctionnent pas ici.
looking-for-shop = Vous cherchez la boutique ?
go-to-storefront = Aller à la boutique
# What happened, and a sentence about it.
notice = { $heading }. { $sentence }

## After signing in again for a dangerous action

step-up-done = Vous vous êtes reconnecté. Rien n’a encore été modifié, et rien de ce que vous avez saisi n’est perdu.
# After a sign-in that failed; the reason stands before it.
step-up-again = Rien n’a été modifié, et rien de ce que vous avez saisi n’est perdu. Vous pouvez réessayer.
# A button.
step-up-look = Revoir d’abord le texte
step-up-no-form = Aucun formulaire n’attend ici
step-up-no-form-text = Rien n’a été modifié. Un formulaire attend quinze minutes, et seulement la personne qui l’a rempli : si vous vous êtes connecté sous un autre compte, connectez-vous de nouveau avec le premier et revenez à cette page.

## Error pages

go-to-overview = Aller à la vue d’ensemble
not-from-here = Pas d’ici
not-from-here-text = L’espace du personnel n’est accessible que depuis les réseaux que ses responsables ont indiqués. Êtes-vous sur le bon réseau, ou un VPN est-il désactivé ?
unknown-address = Cette page ne peut pas s’afficher ainsi
unknown-address-text = Quelque chose dans son adresse n’est pas connu ici. Repartez de la vue d’ensemble et choisissez de nouveau.

## The overview

open-content = Ouvrir le contenu
open-orders = Ouvrir les commandes
# Below the number of pages.
content-figures =
    { $total ->
        [one] page, { $rest }
       *[other] pages, { $rest }
    }
nothing-waits = rien n’attend d’être publié
drafts-wait =
    { $drafts ->
        [one] { $drafts } jamais publiée
       *[other] { $drafts } jamais publiées
    }
changes-wait = { $changed } avec des modifications à publier
both-wait = { $one }, { $other }
# Below the number of orders to work on.
order-figures =
    { $open ->
        [one] commande à traiter, { $total } en tout
       *[other] commandes à traiter, { $total } en tout
    }
who-you-are = Qui vous êtes
name = Nom
email-address = Adresse e-mail
team = Équipe
roles = Rôles
permissions = Autorisations
no-roles = aucun
no-permissions = aucune
signed-in-with = Connexion avec
with-both = mot de passe et application d’authentification
with-password = mot de passe
with-app = application d’authentification
with-two-factors = deux facteurs
account-page = Mot de passe, application d’authentification et codes de récupération

## People

you = vous
a-colleague = un membre du personnel dont le nom n’est pas encore connu ici
the-demo-data = les données de démonstration
a-customer = un client dont le nom n’est pas encore connu ici
the-customer = le client
# When something happened, and who did it.
when-who = { $when }, { $who }
when-by = { $when } ({ $who })

## The reason of a change

reason-hidden = Supprimez les retours à la ligne et les caractères invisibles.
reason-missing = Dites pourquoi en quelques mots.
reason-too-long = Dites-le en { $most } caractères au plus.

## After signing out

signed-out-tab = Session fermée
signed-out = Vous avez fermé votre session
signed-out-text = Sur un ordinateur partagé, fermez aussi le navigateur.
