## Look into your mailbox

mailed-heading = Sehen Sie in Ihrem Postfach nach
mailed-lead = Wir haben eine E-Mail an { $address } geschickt. Öffnen Sie den Link darin oder geben Sie den Code hier ein.
mailed-hint =
    { $minutes ->
        [one] Acht Ziffern, eine Minute lang gültig.
       *[other] Acht Ziffern, { $minutes } Minuten lang gültig.
    }
mailed-nothing-there = Nichts angekommen? Es kann eine Minute dauern. Sehen Sie auch im Spam-Ordner nach.
mailed-again = Neue E-Mail anfordern
# $wait is one or more whole sentences, which say how long to wait
mailed-not-yet = Wir können noch keine neue E-Mail senden. { $wait }
mailed-wrong = Dieser Code ist falsch. Geben Sie den Code aus unserer neuesten E-Mail ein.
mailed-over = Der Code aus dieser E-Mail funktioniert nicht mehr. Fordern Sie eine neue E-Mail an.
mailed-too-many = Für diese Adresse wurden zu viele falsche Codes eingegeben. Der Link in der E-Mail funktioniert weiterhin.
mailed-another-account = Sie sind mit einem anderen Konto angemeldet
mailed-another-account-text = In dieser E-Mail geht es um ein anderes Konto als das, mit dem Sie hier angemeldet sind. Melden Sie sich mit jenem Konto an und öffnen Sie den Link dann noch einmal.
mailed-taken = Diese Adresse wird schon verwendet
mailed-taken-text = Inzwischen hat ein anderes Konto diese Adresse. Es wurde nichts geändert.
mailed-gone = Dieser Link funktioniert nicht mehr
mailed-gone-text = Ein Link aus einer E-Mail funktioniert einmal und nur für begrenzte Zeit, und eine neuere E-Mail ersetzt ihn. Beginnen Sie noch einmal dort, wo Sie angefangen haben.

## The page behind a mailed link

link-elsewhere = Geben Sie stattdessen den Code ein
link-elsewhere-text = Sie haben den Link in einem anderen Browser geöffnet als dem, in dem Sie begonnen haben. Gehen Sie dorthin zurück und geben Sie den Code aus der E-Mail ein.
link-sign-in-text = Sie melden sich in dem Konto mit dieser Adresse an.
link-confirm = E-Mail-Adresse bestätigen
link-confirm-text = Bestätigen Sie, dass diese Adresse Ihnen gehört.
link-confirm-button = Adresse bestätigen
link-change = Neue E-Mail-Adresse bestätigen
link-change-text = Bestätigen Sie, dass diese Adresse Ihnen gehört. Ab dann melden Sie sich mit ihr an.
link-change-button = Diese Adresse verwenden
link-undo = E-Mail-Adresse zurückholen
link-undo-text = Ihr Konto erhält wieder diese Adresse. Alle, die in Ihrem Konto angemeldet sind, werden abgemeldet, und das Passwort funktioniert nicht mehr. Danach wählen Sie ein neues.
link-undo-button = Adresse zurückholen
# heading and button
link-disown = Überall abmelden
link-disown-text = Alle, die in Ihrem Konto angemeldet sind, werden auf jedem Gerät abgemeldet, und das Passwort funktioniert nicht mehr. Danach wählen Sie ein neues.

## Everybody is signed out

signed-out-everywhere-heading = Überall abgemeldet
signed-out-everywhere-text = In Ihrem Konto ist niemand mehr angemeldet. Wählen Sie ein neues Passwort. Prüfen Sie danach auf der Seite Ihres Kontos, ob alle Passkeys und die Authenticator-App von Ihnen sind.

## The passkey of a new account

first-passkey-heading = Passkey erstellen
first-passkey-lead = Mit dem Passkey melden Sie sich als { $address } an: mit Ihrem Fingerabdruck, Ihrem Gesicht oder der Displaysperre dieses Geräts.
first-passkey-make = Passkey erstellen
first-passkey-impossible = Dieser Browser kann hier keinen Passkey erstellen.
first-passkey-use-password = Stattdessen ein Passwort verwenden
first-passkey-failed = Dieser Passkey konnte nicht erstellt werden, oder es hat zu lange gedauert. Bitte versuchen Sie es noch einmal oder verwenden Sie ein Passwort.

## Forgotten password

forgot-heading = Passwort vergessen
forgot-lead = Wir schicken Ihnen eine E-Mail mit einem Link. Dort wählen Sie ein neues Passwort.
forgot-submit = E-Mail senden
forgot-back = Zurück zur Anmeldung
forgot-unavailable = Nicht per E-Mail möglich
forgot-unavailable-text = Ein neues Passwort per E-Mail gibt es hier nicht. Bitten Sie dort um Hilfe, wo Sie Ihr Konto bekommen haben.

## Sign in by mail

by-mail-heading = Per E-Mail anmelden
by-mail-lead = Wir schicken Ihnen eine E-Mail mit einem Link und einem Code. Mit einem von beiden melden Sie sich ohne Passwort an.
by-mail-submit = E-Mail senden
by-mail-back = Mit Passwort anmelden

## Choose a new password

reset-lead = Alle, die in Ihrem Konto angemeldet sind, werden dann abgemeldet.
reset-submit = Neues Passwort speichern
reset-done = Ihr Passwort ist geändert
reset-done-text = Melden Sie sich mit dem neuen an.
