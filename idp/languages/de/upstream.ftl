# Signing in at another provider, and connecting an account there.

# A button. $provider is the name of another provider, everywhere in this file.
upstream-continue = Weiter mit { $provider }
leaving-to-upstream = Sie werden zu { $provider } geleitet, um sich dort anzumelden.

## What came to nothing

upstream-cancelled = Sie haben sich bei { $provider } nicht angemeldet. Versuchen Sie es noch einmal oder melden Sie sich anders an.
upstream-unreachable = { $provider } antwortet gerade nicht. Versuchen Sie es später noch einmal oder melden Sie sich anders an.
upstream-refused = Die Anmeldung bei { $provider } hat nicht geklappt. Versuchen Sie es noch einmal oder melden Sie sich anders an.
upstream-not-fresh = Sie müssen sich neu anmelden, und { $provider } hat nicht bestätigt, dass Sie das gerade getan haben. Versuchen Sie es noch einmal oder melden Sie sich anders an.
upstream-disabled = Dieses Konto ist gesperrt. Bitten Sie dort um Hilfe, wo Sie es bekommen haben.
upstream-elsewhere = Dieses Konto von { $provider } ist hier schon mit einem anderen Konto verbunden.
upstream-lost = Dieser Browser erwartet keine Antwort von einem anderen Anbieter: Die Anmeldung wurde anderswo begonnen, oder es ist zu lange her. Gehen Sie zurück zur App und beginnen Sie von vorn.

## Somebody who has no account here yet

connect-title = Zum ersten Mal mit { $provider } hier
# $account is the e-mail address that the provider has told.
connect-lead = Dort haben Sie sich als { $account } angemeldet. Damit ist hier noch kein Konto verbunden.
connect-lead-no-address = Dort haben Sie sich angemeldet. Damit ist hier noch kein Konto verbunden.
connect-have = Sie haben hier schon ein Konto
connect-have-how = Melden Sie sich einmal darin an. Danach führt { $provider } dorthin.
connect-new = Sie sind neu hier
connect-new-how = Ihr Konto wird mit dem erstellt, was { $provider } über Sie mitgeteilt hat.
connect-new-mail = Wir schicken eine E-Mail an diese Adresse, um zu sehen, dass sie Ihnen gehört.
connect-closed = Allein mit { $provider } kann hier kein Konto erstellt werden. Wenn Sie keines haben, fragen Sie dort danach, wo Sie diesen Dienst gefunden haben.
# A button: neither of the two.
connect-not = Anders anmelden
# Above the form of the sign-in page.
sign-in-connects = Danach ist { $provider } mit Ihrem Konto verbunden.

## The page of connected sign-ins

connections-title = Verbundene Anmeldungen
connections-lead = Mit diesen Anbietern können Sie sich in Ihrem Konto anmelden, ohne dessen Passwort.
# This and the next two stand side by side, behind a dot.
connections-since = verbunden am { $time }
connections-last-used = zuletzt verwendet am { $time }
connections-unused = noch nicht verwendet
connections-gone = Wird hier nicht mehr angeboten.
connections-disconnect = Trennen
connections-none = Sie haben noch keine.
connections-add = { $provider } verbinden
connections-sign-out = Wenn Sie sich hier abmelden, bleiben Sie dort angemeldet.
connections-last = Das ist der letzte Zugang zu Ihrem Konto. Legen Sie ein Passwort fest oder fügen Sie einen Passkey hinzu, bevor Sie ihn trennen.

## On other pages of the account

account-connections-none = Keine
# A link: connect a first one.
account-add-connection = Verbinden
# A link: see and change them.
account-manage-connections = Verwalten
# How somebody signed in: see sessions-signed-in.
sessions-method-upstream = anderem Anbieter
sessions-method-upstream-code = anderem Anbieter und Einmalcode
sessions-method-upstream-passkey = anderem Anbieter und Passkey
activity-sign-in-upstream = Zum Anmelden von einem anderen Anbieter gekommen
activity-upstream-connected = Anmeldung bei einem anderen Anbieter verbunden
activity-upstream-disconnected = Anmeldung bei einem anderen Anbieter getrennt

## Notices

notice-upstream-connected = Ein weiterer Zugang wurde verbunden
notice-upstream-connected-text = In Ihrem Konto kann man sich jetzt mit { $provider } anmelden.
notice-upstream-disconnected = Ein Zugang wurde getrennt
notice-upstream-disconnected-text = In Ihrem Konto kann man sich nicht mehr mit { $provider } anmelden.
