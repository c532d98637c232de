## Around every page

console = Team-Konsole
console-label = Konsole
overview = Übersicht
content = Inhalte
orders = Bestellungen
for-staff-only = Nur für das Team. Anfrage
# Before the title of a page on which something has to be changed.
title-error = Fehler:
show = Anzeigen
any = Alle
state = Status
why = Warum?
nothing-changed-yet = Es wurde noch nichts geändert

## The invitation to sign in

landing-text = Inhalte und Bestellungen des Shops. Sie brauchen ein Konto des Teams und Ihre Authenticator-App; Konten von Kundinnen und Kunden funktionieren hier nicht.
looking-for-shop = Suchen Sie den Shop?
go-to-storefront = Zum Shop
# What happened, and a sentence about it.
notice = { $heading }. { $sentence }

## After signing in again for a dangerous action

step-up-done = Sie haben sich erneut angemeldet. Noch wurde nichts geändert, und nichts, was Sie eingegeben haben, ist verloren.
# After a sign-in that failed; the reason stands before it.
step-up-again = Es wurde nichts geändert, und nichts, was Sie eingegeben haben, ist verloren. Sie können es noch einmal versuchen.
# A button.
step-up-look = Erst den Text ansehen
step-up-no-form = Hier wartet kein Formular
step-up-no-form-text = Es wurde nichts geändert. Ein Formular wartet fünfzehn Minuten, und nur auf die Person, die es ausgefüllt hat: Falls Sie sich als jemand anderes angemeldet haben, melden Sie sich wieder als diese Person an und kehren Sie auf diese Seite zurück.

## Error pages

go-to-overview = Zur Übersicht
not-from-here = Nicht von hier aus
not-from-here-text = Der Bereich für das Team lässt sich nur aus den Netzen nutzen, die sein Betreiber eingetragen hat. Sind Sie im richtigen Netz, oder ist ein VPN ausgeschaltet?
unknown-address = So kann diese Seite nicht angezeigt werden
unknown-address-text = Etwas in ihrer Adresse ist hier nicht bekannt. Beginnen Sie bei der Übersicht und wählen Sie noch einmal.

## The overview

open-content = Inhalte öffnen
open-orders = Bestellungen öffnen
# Below the number of pages.
content-figures =
    { $total ->
        [one] Seite, { $rest }
       *[other] Seiten, { $rest }
    }
nothing-waits = nichts wartet auf die Veröffentlichung
drafts-wait = { $drafts } nie veröffentlicht
changes-wait =
    { $changed ->
        [one] { $changed } mit unveröffentlichten Änderungen
       *[other] { $changed } mit unveröffentlichten Änderungen
    }
both-wait = { $one }, { $other }
# Below the number of orders to work on.
order-figures =
    { $open ->
        [one] offene Bestellung, { $total } insgesamt
       *[other] offene Bestellungen, { $total } insgesamt
    }
who-you-are = Wer Sie sind
name = Name
email-address = E-Mail-Adresse
team = Team
roles = Rollen
permissions = Berechtigungen
no-roles = keine
no-permissions = keine
signed-in-with = Angemeldet mit
with-both = Passwort und Authenticator-App
with-password = Passwort
with-app = Authenticator-App
with-two-factors = zwei Faktoren
account-page = Passwort, Authenticator-App und Wiederherstellungscodes

## People

you = Sie
a-colleague = jemand aus dem Team, dessen Name hier noch nicht bekannt ist
the-demo-data = die Demodaten
a-customer = jemand, dessen Name hier noch nicht bekannt ist
the-customer = die Kundin oder der Kunde
# When something happened, and who did it.
when-who = { $when }, { $who }
when-by = { $when } ({ $who })

## The reason of a change

reason-hidden = Entfernen Sie Zeilenumbrüche und unsichtbare Zeichen.
reason-missing = Sagen Sie in ein paar Worten, warum.
reason-too-long = Sagen Sie es in höchstens { $most } Zeichen.

## After signing out

signed-out-tab = Abgemeldet
signed-out = Sie sind abgemeldet
signed-out-text = Schließen Sie an einem gemeinsam genutzten Computer auch den Browser.
