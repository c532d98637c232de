## Parts of every mail

letter-when = Wann
letter-device = Gerät
# the network address from which something was done
letter-address = IP-Adresse
# a line of the mail's text: what it is (When, Device, Address), and its value
letter-fact = { $name }: { $value }
# what a link is for; the link stands in the next line
letter-button = { $label }:
letter-code = Oder geben Sie diesen Code auf der Seite ein, auf der Sie begonnen haben:
letter-once =
    { $minutes ->
        [one] Link und Code funktionieren einmal, eine Minute lang.
       *[other] Link und Code funktionieren einmal, { $minutes } Minuten lang.
    }
letter-ignore = Wenn Sie das nicht waren, müssen Sie nichts tun: Ohne diese E-Mail kommt niemand weiter.
letter-not-you = Wenn Sie das nicht waren, müssen Sie nichts tun.
letter-was-you = Wenn Sie das waren, müssen Sie nichts tun.

## A new password

letter-reset-text = Jemand hat ein neues Passwort für Ihr Konto angefordert. Wenn Sie das waren, wählen Sie es hier.
letter-no-account = Zu dieser Adresse gibt es kein Konto
letter-no-account-text = Jemand hat ein neues Passwort für ein Konto mit dieser Adresse angefordert, aber es gibt keines.
letter-no-account-hint = Wenn Sie das waren, haben Sie hier vielleicht eine andere Adresse verwendet.
letter-disabled = Ihr Konto ist deaktiviert
letter-disabled-text = Jemand hat ein neues Passwort für Ihr Konto angefordert. Das Konto ist deaktiviert, ein neues Passwort nützt also nichts.
letter-disabled-hint = Bitten Sie dort um Hilfe, wo Sie das Konto bekommen haben.
letter-not-set-up = Ihr Konto ist noch nicht eingerichtet
letter-not-set-up-text = Jemand hat ein neues Passwort für Ihr Konto angefordert. Das Konto hat noch keinen zweiten Faktor, ein Passwort allein nützt also nichts.
letter-not-set-up-hint = Richten Sie es mit dem Link aus Ihrer Einladung ein. Wenn Sie keine haben, bitten Sie jemanden aus dem Team, Ihnen eine zu schicken.

## A sign-in by mail

letter-sign-in = Ihr Anmeldelink
letter-sign-in-text = Jemand möchte sich ohne Passwort in Ihrem Konto anmelden. Wenn Sie das sind, melden Sie sich hier an. Verraten Sie den Code niemandem.
letter-sign-in-no-account-text = Jemand wollte sich mit dieser Adresse anmelden, aber es gibt zu ihr kein Konto.
letter-sign-in-disabled-text = Jemand wollte sich in Ihrem Konto anmelden. Das Konto ist deaktiviert.
letter-unconfirmed = Wählen Sie zum Anmelden ein neues Passwort
letter-unconfirmed-text = Jemand wollte sich per E-Mail in Ihrem Konto anmelden. Dafür braucht es eine bestätigte Adresse, und diese wurde nie bestätigt.
letter-unconfirmed-hint = Wenn Sie das waren, wählen Sie stattdessen ein neues Passwort: Vielleicht hat jemand anderes das Konto erstellt und kennt das Passwort. Damit bestätigen Sie die Adresse, und alle, die in dem Konto angemeldet sind, werden abgemeldet.

## A new account, or a new address

letter-register = E-Mail-Adresse bestätigen
letter-register-text = Noch ein Schritt, und Ihr Konto ist da: Bestätigen Sie, dass diese Adresse Ihnen gehört.
letter-register-button = Adresse bestätigen
letter-here = Der Link funktioniert in dem Browser, in dem Sie begonnen haben. Wenn Sie diese E-Mail woanders lesen, geben Sie den Code auf der ursprünglichen Seite ein.
letter-has-account = Sie haben schon ein Konto
letter-has-account-text = Jemand wollte mit dieser Adresse ein Konto erstellen, aber es gibt schon eines. Wenn Sie das waren, melden Sie sich an.
letter-has-account-forgot = Wenn Sie das Passwort nicht mehr wissen, wählen Sie ein neues:
letter-confirm-text = Bestätigen Sie, dass diese Adresse Ihnen gehört.
letter-change = Neue E-Mail-Adresse bestätigen
letter-change-text = Bestätigen Sie, dass diese Adresse Ihnen gehört. Ab dann melden Sie sich mit ihr an.
letter-address-in-use = Zu dieser Adresse gibt es schon ein Konto
letter-address-in-use-text = Jemand wollte diese Adresse für ein anderes Konto verwenden, aber es gibt zu ihr schon ein Konto. Es wurde nichts geändert.
letter-address-changed = Ihre E-Mail-Adresse wurde geändert
letter-address-changed-text = Ihr Konto hat jetzt eine andere Adresse: { $address }. Melden Sie sich künftig mit ihr an.
letter-address-changed-button = Adresse zurückholen
letter-address-changed-not-you = Wenn Sie das nicht waren, holen Sie die Adresse zurück: Dann werden alle abgemeldet, das Passwort funktioniert nicht mehr, und Sie wählen ein neues. Der Link funktioniert sieben Tage lang.
letter-address-taken-back = Ihr Konto hat eine andere Adresse
letter-address-taken-back-text = Ihr Konto hat wieder die Adresse, die es vor dieser hatte: Von dort aus wurde die Änderung rückgängig gemacht.
letter-address-taken-back-hint = Wenn Sie das nicht erwartet haben, bitten Sie dort um Hilfe, wo Sie Ihr Konto bekommen haben.

## A new sign-in

letter-new-device = Neue Anmeldung
# $device is like "Firefox on Linux"
letter-new-device-on = Neue Anmeldung: { $device }
letter-new-device-text = Gerade hat sich jemand in Ihrem Konto angemeldet, auf einem Gerät, auf dem es noch nie verwendet wurde.
letter-new-device-button = Das war ich nicht
letter-new-device-not-you = Wenn Sie das nicht waren, klicken Sie auf „Das war ich nicht“: Dann werden alle abgemeldet, das Passwort funktioniert nicht mehr, und Sie wählen ein neues. Der Link funktioniert sieben Tage lang.

## Notices of what happened to an account

notice-button = Konto ansehen
notice-not-you = Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort:
notice-password-set = Ihr Konto hat jetzt ein Passwort
notice-password-set-text = Ihr Konto hatte bisher kein Passwort. Jetzt hat es eines.
notice-password-changed = Ihr Passwort wurde geändert
notice-password-changed-text = Ihr Konto hat ein neues Passwort. Das alte funktioniert nicht mehr.
notice-app-set = Eine Authenticator-App wurde eingerichtet
notice-app-set-text = Ihr Konto fragt nach den Codes einer neuen Authenticator-App. Die Codes einer früheren App funktionieren nicht mehr.
notice-passkey-added = Ein Passkey wurde hinzugefügt
notice-passkey-added-text = Ihr Konto hat einen neuen Passkey. Wer das Gerät mit diesem Passkey hat, kann sich damit anmelden.
notice-passkey-removed = Ein Passkey wurde entfernt
notice-passkey-removed-text = Einer der Passkeys Ihres Kontos funktioniert nicht mehr.
notice-new-codes = Neue Wiederherstellungscodes
notice-new-codes-text = Ihr Konto hat neue Wiederherstellungscodes. Die alten funktionieren nicht mehr.
notice-code-used = Ein Wiederherstellungscode wurde verwendet
notice-code-used-text = Jemand hat sich mit einem der Wiederherstellungscodes in Ihrem Konto angemeldet.
notice-factors-taken = Ihr Konto muss neu eingerichtet werden
notice-factors-taken-text = Passwort und zweiter Faktor Ihres Kontos wurden entfernt, und alle sind abgemeldet. Sie erhalten einen Link, um beides neu einzurichten.
notice-deletion-asked = Ihr Konto wird gelöscht
notice-deletion-asked-text =
    { $days ->
        [one] Es wird in einem Tag endgültig gelöscht, und alle sind abgemeldet. Wenn Sie sich vorher anmelden, bleibt es bestehen.
       *[other] Es wird in { $days } Tagen endgültig gelöscht, und alle sind abgemeldet. Wenn Sie sich vorher anmelden, bleibt es bestehen.
    }
notice-deletion-taken-back = Ihr Konto bleibt bestehen
notice-deletion-taken-back-text = Ihr Konto sollte gelöscht werden. Jemand hat sich darin angemeldet, deshalb bleibt es bestehen.
notice-set-up-again = Ihr Konto wurde neu eingerichtet
notice-set-up-again-text = Ihr Konto hat ein neues Passwort und einen neuen zweiten Faktor. Die alten funktionieren nicht mehr.
