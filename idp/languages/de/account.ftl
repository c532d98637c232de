## Account

# $app is the name of an app.
account-back-to = Zurück zu { $app }
account-profile = Profil
account-not-confirmed = Nicht bestätigt
# The account has a password.
account-password-set = Festgelegt
# The account has no password.
account-password-none = Keines
# A link: make a first password.
account-set-password = Festlegen
# The account has an authenticator app.
account-app-set-up = Eingerichtet
account-app-not-set-up = Nicht eingerichtet
account-replace-app = Ersetzen
# A link: begin to use an authenticator app.
account-set-up-app = Einrichten
# The account has no passkeys.
account-passkeys-none = Keine
# A link: a first passkey.
account-add-passkey = Hinzufügen
# A link: see and change the passkeys.
account-manage-passkeys = Verwalten
# Recovery codes.
account-codes-none = Keine mehr
# Recovery codes.
account-codes-left = Noch { $count }
# Recovery codes.
account-make-codes = Neue erstellen
account-sessions = Sitzungen
account-sessions-what = Wo Sie angemeldet sind
account-apps = Apps
account-apps-what = Was Zugriff hat
account-activity = Aktivitäten
account-activity-what = Was passiert ist
account-data = Daten
account-data-what = Kopie oder Löschung
account-sign-out = Abmelden
# Before account-other.
account-not-you = Nicht Ihr Konto?
account-other = Mit anderem Konto anmelden
# Instead of account-other, where a browser may have several accounts.
account-switch = Konto wechseln
# The code of an authenticator app.
account-wrong-code = Dieser Code ist falsch. Prüfen Sie die Uhrzeit auf Ihrem Handy und versuchen Sie es mit dem nächsten Code.

## Profile

profile-title = Ihr Profil
profile-lead = Was hier steht, erfahren Apps, denen Sie das erlauben. Lassen Sie leer, was niemand wissen muss.
profile-username = Ihr Benutzername ist { $username }. Er lässt sich nicht ändern, weil Apps Sie daran erkennen können.
profile-save = Speichern

## E-mail address

address-title = Ihre E-Mail-Adresse
address-confirmed = Bestätigt
address-not-confirmed = Nicht bestätigt
address-confirm = Diese Adresse bestätigen
address-another = Andere Adresse
address-hint = Wir schicken eine E-Mail an die neue Adresse. Bis Sie diese bestätigt haben, melden Sie sich mit der alten an.
address-new = Neue E-Mail-Adresse
address-send = E-Mail senden

## Password

password-change-title = Passwort ändern
password-set-title = Passwort festlegen
password-current = Aktuelles Passwort
password-end-others = Überall sonst abmelden
password-change = Passwort ändern
password-set = Passwort festlegen
password-wrong = Das ist nicht Ihr aktuelles Passwort.

## Sessions

sessions-title = Wo Sie angemeldet sind
sessions-lead = Wenn Ihnen eine dieser Sitzungen unbekannt ist, melden Sie sie ab, ändern Sie Ihr Passwort und prüfen Sie, ob alle Passkeys von Ihnen sind.
# The session that the reader uses now.
sessions-this = Dieses Gerät
# $time is a date with a time, $method one of the texts named sessions-method, $address a network address.
sessions-signed-in = Angemeldet am { $time }, mit { $method }, von { $address }
# Follows sessions-signed-in, behind a dot.
sessions-last-seen = zuletzt aktiv am { $time }
sessions-method-password = Passwort
sessions-method-passkey = Passkey
sessions-method-code = Passwort und Einmalcode
sessions-method-both = Passwort und Passkey
sessions-method-mail = E-Mail
sessions-method-mail-code = E-Mail und Einmalcode
sessions-method-mail-passkey = E-Mail und Passkey
# A button that ends one session.
sessions-end = Abmelden
# For screen readers, after sessions-end. $device is a browser and its system.
sessions-end-which = { $device }, angemeldet am { $time }
sessions-end-others = Überall sonst abmelden
# Such as "Firefox on Linux".
device-browser-and-system = { $browser } auf { $system }
device-unknown = Unbekannter Browser

## Browsers that aren't asked for a second factor, on the page of the sessions

trusted-title = Browser, die keinen Code verlangen
trusted-lead = Das haben Sie dort gewählt, als Sie einen Code eingegeben haben. Um zu ändern, wie Sie sich anmelden, brauchen Sie weiterhin einen.
# $since and $until are dates with times.
trusted-since = Seit { $since }, bis { $until }
# A button.
trusted-forget = Wieder nach einem Code fragen

## Accounts in this browser

accounts-title = Konten in diesem Browser
accounts-lead = Sie können zwischen ihnen wechseln, ohne sich neu anzumelden. Wenn andere diesen Computer mitbenutzen, melden Sie sich von allen Konten ab, bevor Sie gehen.
# The account that the reader uses now.
accounts-in-use = In Verwendung
# $time is a date with a time, $method one of the texts named sessions-method.
accounts-signed-in = Angemeldet am { $time }, mit { $method }
# Instead of accounts-signed-in: the session has idled out.
accounts-over = Abgemeldet, weil es eine Weile nicht benutzt wurde
# A button: go on with it.
accounts-use = Dieses Konto verwenden
# Instead of accounts-use, after accounts-over.
accounts-sign-in-again = Neu anmelden
accounts-add = Weiteres Konto hinzufügen
accounts-end-all = Von allen Konten in diesem Browser abmelden
# Instead of accounts-add. $count is how many accounts a browser may have.
accounts-full =
    { $count ->
        [one] In diesem Browser kann nur ein Konto zur gleichen Zeit angemeldet sein. Melden Sie sich ab, um ein anderes zu verwenden.
       *[other] In diesem Browser können { $count } Konten zur gleichen Zeit angemeldet sein. Melden Sie sich von einem ab, um ein anderes hinzuzufügen.
    }

## Apps

apps-title = Verbundene Apps
apps-none = Keine App hat Zugriff auf Ihr Konto.
apps-lead = Diese Apps haben Zugriff auf Ihr Konto.
apps-first-used = Zuerst verwendet am { $time }
apps-last-used = Zuletzt verwendet am { $time }
# Follows apps-first-used, behind a dot.
apps-then-last-used = zuletzt verwendet am { $time }
apps-ours = Nach dem Trennen ist die App wieder verbunden, sobald Sie sie verwenden.
apps-theirs = Nach dem Trennen fragt die App Sie erneut, sobald Sie sie verwenden.
apps-disconnect = Trennen

## Activity

# What happened, and the app that it is about.
activity-of-app = { $what }: { $app }
activity-title = Aktivitäten
activity-lead =
    { $days ->
        [one] Was am letzten Tag mit Ihrem Konto passiert ist. Wenn Ihnen etwas unbekannt vorkommt, ändern Sie Ihr Passwort und prüfen Sie, wo Sie angemeldet sind.
       *[other] Was in den letzten { $days } Tagen mit Ihrem Konto passiert ist. Wenn Ihnen etwas unbekannt vorkommt, ändern Sie Ihr Passwort und prüfen Sie, wo Sie angemeldet sind.
    }
activity-none = Noch nichts.
activity-none-older = Nichts Älteres.
# Follows a time, behind a dot. $address is a network address.
activity-from = von { $address }
# Follows a time, behind a dot.
activity-by-operator = durch den Betreiber
# A link to older events.
activity-older = Ältere anzeigen
# Things that happened. Some are followed by a colon and the name of an app.
activity-signed-in = Anmeldung
activity-sign-in-failed = Falsches Passwort eingegeben
activity-throttled = Zu viele Anmeldeversuche, weitere erst nach einer Wartezeit
activity-password-accepted = Richtiges Passwort eingegeben
activity-password-failed = Falsches Passwort beim Ändern des Passworts eingegeben
activity-sign-in-mail = Link oder Code aus einer E-Mail zum Anmelden verwendet
activity-passkey-accepted = Passkey verwendet
activity-passkey-failed = Passkey abgelehnt
activity-second-factor-app = Code der Authenticator-App verwendet
activity-second-factor-passkey = Mit Passkey als zweitem Faktor bestätigt
activity-second-factor-recovery = Wiederherstellungscode verwendet
activity-second-factor-failed = Falscher Code eingegeben
activity-browser-trusted = Einer Ihrer Browser verlangt eine Zeit lang keinen Code
activity-browser-forgotten = Einer Ihrer Browser verlangt wieder einen Code
activity-app-enrolled = Authenticator-App eingerichtet
activity-passkey-added = Passkey hinzugefügt
activity-passkey-removed = Passkey entfernt
activity-codes-replaced = Neue Wiederherstellungscodes erstellt
activity-account-created = Konto erstellt
activity-account-set-up = Konto eingerichtet
activity-account-recovered = Konto neu eingerichtet
activity-account-disabled = Konto deaktiviert
activity-account-enabled = Konto aktiviert
activity-account-unlocked = Wartezeiten nach falschen Passwörtern aufgehoben
activity-factors-reset = Zweite Faktoren entfernt
activity-profile-changed = Profil geändert
activity-roles-changed = Rollen geändert
activity-deletion-asked = Löschung des Kontos angefordert
activity-deletion-taken-back = Löschung abgebrochen, das Konto bleibt bestehen
activity-password-changed = Passwort geändert
activity-password-reset = Neues Passwort per E-Mail gewählt
activity-address-confirmed = E-Mail-Adresse bestätigt
activity-address-changed = E-Mail-Adresse geändert
activity-address-change-undone = Änderung der E-Mail-Adresse rückgängig gemacht
activity-sessions-disowned = Überall abgemeldet, über die E-Mail zu einem neuen Gerät
activity-mail-asked = E-Mail mit Link angefordert
activity-mail-code-failed = Falscher Code aus einer E-Mail eingegeben
activity-session-ended = Sitzung beendet
activity-consent-given = App-Zugriff erlaubt
activity-consent-withdrawn = App getrennt
activity-app-signed-in = In einer App angemeldet
activity-token-revoked = App hat ihren Zugriff zurückgegeben
activity-used-twice = Zugangsdaten einer App doppelt verwendet, ihr Zugriff wurde beendet

## Data

data-title = Ihre Daten
data-lead = Alles, was hier über Sie gespeichert ist, als Datei: Ihr Profil, wie Sie sich anmelden, Ihre Sitzungen, Ihre Apps und was mit Ihrem Konto passiert ist.
data-export = Kopie herunterladen

## Deletion

delete-title = Konto löschen
delete-lead =
    { $days ->
        [one] Sie werden überall abgemeldet, und Apps, die Sie mit diesem Konto verwenden, werden informiert. Nach einem Tag wird das Konto endgültig gelöscht, mit allem, was hier über Sie gespeichert ist. Apps können behalten, was Sie ihnen gegeben haben.
       *[other] Sie werden überall abgemeldet, und Apps, die Sie mit diesem Konto verwenden, werden informiert. Nach { $days } Tagen wird das Konto endgültig gelöscht, mit allem, was hier über Sie gespeichert ist. Apps können behalten, was Sie ihnen gegeben haben.
    }
delete-hint = Wenn Sie sich vorher anmelden, bleibt das Konto bestehen.
delete-submit = Konto löschen
# Instead of delete-submit. "It" is the account.
delete-keep = Konto behalten
delete-asked = Ihr Konto wird gelöscht
delete-asked-lead =
    { $days ->
        [one] Sie sind überall abgemeldet. Wenn Sie sich innerhalb eines Tages anmelden, bleibt Ihr Konto bestehen.
       *[other] Sie sind überall abgemeldet. Wenn Sie sich innerhalb von { $days } Tagen anmelden, bleibt Ihr Konto bestehen.
    }

## Passkeys

passkeys-title = Ihre Passkeys
passkeys-lead = Mit einem Passkey melden Sie sich mit Ihrem Fingerabdruck, Ihrem Gesicht oder der Displaysperre Ihres Geräts an. Sie müssen sich nichts merken, und bei uns gibt es nichts, was jemand stehlen könnte.
passkeys-synced = Auf mehreren Geräten möglich
passkeys-single = Auf einem Gerät
# This and the next two follow passkeys-synced or passkeys-single, behind a dot.
passkeys-added = hinzugefügt am { $time }
passkeys-last-used = zuletzt verwendet am { $time }
passkeys-unused = noch nicht verwendet
passkeys-rename = Umbenennen
passkeys-none = Sie haben noch keine.
passkeys-add = Passkey hinzufügen
# The name of a new passkey whose maker is not known.
passkeys-label = Passkey
passkeys-no-script = Dieser Browser kann hier keinen Passkey erstellen. Dafür müssen Skripte erlaubt sein, und das Gerät braucht eine Displaysperre oder einen Sicherheitsschlüssel.
# Before sessions-end-others.
passkeys-somebody-else = War jemand anderes hier?
passkeys-expired = Das hat zu lange gedauert, oder die Seite wurde schon einmal verwendet. Bitte versuchen Sie es noch einmal.
passkeys-refused = Dieser Passkey konnte nicht hinzugefügt werden. Wenn dieses Gerät schon einen für Ihr Konto hat, müssen Sie nichts tun.
passkeys-unlisted = Dieser Authenticator ist hier nicht zugelassen. Bitte verwenden Sie einen Sicherheitsschlüssel oder ein Gerät, das die Betreiber dieses Dienstes freigegeben haben.
passkeys-last = Das ist der letzte Zugang zu Ihrem Konto, der sicher genug ist. Fügen Sie einen anderen hinzu, bevor Sie diesen entfernen.
passkeys-name-length = Ein Name muss 1 bis { $max } Zeichen lang sein.

## New recovery codes

new-codes-title = Neue Wiederherstellungscodes erstellen
new-codes-heading = Neue Wiederherstellungscodes erstellen?
new-codes-loss =
    { $count ->
        [one] Ihr letzter Code wird dann sofort ungültig, auch dort, wo Sie ihn ausgedruckt oder gespeichert haben.
       *[other] Ihre { $count } übrigen Codes werden dann sofort ungültig, auch dort, wo Sie sie ausgedruckt oder gespeichert haben.
    }
new-codes-none-left = Sie haben keine mehr. Die neuen werden nur einmal angezeigt.
new-codes-make = Neue Codes erstellen
# Instead of new-codes-make.
new-codes-keep = Alte behalten
# Instead of new-codes-make, when there are no old ones.
new-codes-not-now = Jetzt nicht
