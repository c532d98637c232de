# Signing in, making an account, the second factor, consent, signing out, and the start page.

## Sign in

sign-in-passkey = Mit Passkey anmelden
# Above the form, when somebody adds an account. $account is the e-mail address of another one.
sign-in-beside = { $account } bleibt angemeldet.
sign-in-forgot = Passwort vergessen?
sign-in-by-mail = Anmeldelink per E-Mail erhalten
# A link follows: Create an account.
sign-in-new = Neu hier?
# The same whether the address or the password was wrong: it must not say which.
sign-in-wrong = Die E-Mail-Adresse oder das Passwort stimmt nicht.
sign-in-wrong-hidden = Die E-Mail-Adresse oder das Passwort stimmt nicht. Das Passwort enthält ein unsichtbares Zeichen: Vielleicht wurde es beim Einfügen mitkopiert.
sign-in-passkey-expired = Das hat zu lange gedauert. Bitte versuchen Sie es noch einmal.
sign-in-passkey-unknown = Dieser Passkey ist hier nicht bekannt: Er wurde aus seinem Konto entfernt. Verwenden Sie einen anderen oder Ihr Passwort.
sign-in-passkey-refused = Dieser Passkey konnte nicht geprüft werden. Bitte versuchen Sie es noch einmal oder verwenden Sie Ihr Passwort.

## Create an account

register-passkey-hint = Ganz ohne Passwort: Melden Sie sich mit Ihrem Fingerabdruck, Ihrem Gesicht oder der Displaysperre dieses Geräts an.
register-passkey = Weiter mit Passkey
# Heading above the field of the password, below the button for a passkey.
register-or-password = Oder mit Passwort
# { $terms } is the link named terms-of-service.
register-terms = Mit dem Erstellen eines Kontos stimmen Sie den { $terms } zu.
register-submit = Konto erstellen
# A link follows: Sign in.
register-have = Sie haben schon ein Konto?

## Second factor

second-factor-title-app = Code eingeben
# The title of the page, and its button.
second-factor-title-passkey = Passkey verwenden
# $account is the e-mail address.
second-factor-lead = Anmeldung als { $account }
second-factor-otp-hint = Sechs Ziffern aus Ihrer Authenticator-App.
second-factor-no-passkey = Dieser Browser kann Ihren Passkey hier nicht verwenden.
# Follows second-factor-no-passkey.
second-factor-recovery-instead = Sie können sich stattdessen mit einem Wiederherstellungscode anmelden.
# Follows second-factor-no-passkey.
second-factor-elsewhere = Melden Sie sich auf dem Gerät an, auf dem er gespeichert ist.
# A link follows: Use a recovery code.
second-factor-no-app = Kein Zugriff auf Ihre App?
# A link follows: Use a recovery code.
second-factor-lost-passkey = Kein Zugriff auf Ihren Passkey?
second-factor-trust =
    { $days ->
        [one] In diesem Browser einen Tag lang nicht mehr fragen
       *[other] In diesem Browser { $days } Tage lang nicht mehr fragen
    }
second-factor-trust-hint = Nur auf einem Gerät, das Ihnen gehört.
second-factor-wrong-code = Dieser Code ist falsch oder wurde schon verwendet. Warten Sie auf den nächsten und versuchen Sie es noch einmal.
second-factor-wrong-passkey = Das war keiner Ihrer Passkeys, oder es hat zu lange gedauert. Bitte versuchen Sie es noch einmal.

## Recovery code instead of the second factor

# The title of the page, and the text of links to it.
recovery-title = Wiederherstellungscode verwenden
# $account is the e-mail address.
recovery-lead = Anmeldung als { $account }. Jeder der Codes, die Sie gespeichert haben, funktioniert einmal.
# The label of the field.
recovery-code = Wiederherstellungscode
recovery-hint = 24 Buchstaben und Ziffern. Groß- und Kleinschreibung, Leerzeichen und Bindestriche spielen keine Rolle.
recovery-other-way = Andere Methode verwenden
recovery-wrong = Das ist keiner Ihrer unbenutzten Wiederherstellungscodes.

## Setting up a second factor

enrol-title = Konto schützen
enrol-title-app = Authenticator-App einrichten
# $account is the e-mail address.
enrol-lead = Wählen Sie, was { $account } zusätzlich schützt – auch dann, wenn jemand das Passwort erfährt.
# $account is the e-mail address.
enrol-lead-app = Die App erzeugt Codes, die { $account } auch dann schützen, wenn jemand das Passwort erfährt.
enrol-title-passkey = Passkey einrichten
# $account is the e-mail address.
enrol-lead-passkey = { $account } wird durch einen Passkey geschützt: Anders als einen Code kann ihn keine Seite stehlen, die dieser nur ähnlich sieht.
enrol-with-passkey = Mit Passkey
enrol-passkey-hint = Ihr Fingerabdruck, Ihr Gesicht, die Displaysperre dieses Geräts oder ein Sicherheitsschlüssel. Sie müssen keinen Code eintippen.
enrol-passkey = Passkey verwenden
enrol-no-passkey = Dieser Browser kann hier keinen Passkey erstellen.
# Follows enrol-no-passkey.
enrol-passkey-elsewhere = Machen Sie in einem anderen Browser oder auf einem Gerät mit Bildschirmsperre weiter.
enrol-or-app = Oder mit Authenticator-App
enrol-scan = Scannen Sie diesen Code mit Ihrer App
enrol-qr = QR-Code für Ihre Authenticator-App
enrol-type = Scannen klappt nicht? Geben Sie diesen Schlüssel in die App ein
enrol-confirm-code = Bestätigen Sie mit dem Code aus der App
enrol-submit = Bestätigen
enrol-not-now = Jetzt nicht

## The offer of a passkey after a sign-in with a password

# The browser may make a passkey by itself meanwhile.
passkey-offer-moment = Einen Moment …
passkey-offer-title = Melden Sie sich nächstes Mal ohne Passwort an
passkey-offer-lead = Ein Passkey ersetzt es: Ihr Fingerabdruck, Ihr Gesicht oder die Sperre dieses Geräts, oder ein Sicherheitsschlüssel.

## A second factor is needed, and can't be set up here

enrol-refused-title = Zweiter Faktor erforderlich
# $account is the e-mail address.
enrol-refused-staff = Im Team melden sich alle mit einem zweiten Faktor an, und { $account } hat noch keinen.
enrol-refused-passkey-title = Passkey erforderlich
# $account is the e-mail address.
enrol-refused-passkey = Im Team melden sich alle mit einem Passkey an, und { $account } hat noch keinen.
enrol-refused-staff-how = Damit ein gestohlenes Passwort allein nicht ausreicht, lässt er sich nur mit einer Einladung einrichten. Bitten Sie jemanden, der die Konten des Teams verwaltet, Ihnen eine zu schicken.

## Save your recovery codes

recovery-codes-title = Wiederherstellungscodes speichern
# $now is recovery-codes-now, in bold.
recovery-codes-lead = Falls Sie Ihr Handy verlieren, können Sie sich mit jedem dieser Codes einmal anmelden. Drucken Sie sie aus oder bewahren Sie sie in einem Passwortmanager auf: { $now }.
# The end of recovery-codes-lead.
recovery-codes-now = Die Codes werden nur jetzt angezeigt
recovery-codes-copy = Codes kopieren
# Stands on the button for a moment, after the codes were copied.
recovery-codes-copied = Kopiert
recovery-codes-saved = Ich habe sie gespeichert

## One-time setup link

setup-title = Konto einrichten
# $role is the name of a role, which is not translated.
setup-lead = Es erhält die Rolle { $role }. Nach dem Passwort richten Sie einen zweiten Faktor ein: Halten Sie Ihr Handy bereit.
setup-title-again = Wieder Zugang zu Ihrem Konto
setup-lead-again = Wählen Sie ein neues Passwort. Danach richten Sie einen zweiten Faktor ein: Halten Sie Ihr Handy bereit.
# $time is a date and a time of day.
setup-expires = Dieser Link funktioniert einmal und gilt bis zum { $time }.
setup-wrong-code = Dieser Code ist falsch. Prüfen Sie die Uhrzeit auf Ihrem Handy und versuchen Sie es mit dem nächsten Code.
setup-wrong-passkey = Dieser Passkey konnte nicht eingerichtet werden, oder es hat zu lange gedauert. Bitte versuchen Sie es noch einmal.
setup-gone = Dieser Einrichtungslink funktioniert nicht mehr
setup-gone-how = Ein Einrichtungslink funktioniert einmal und nur für begrenzte Zeit. Bitten Sie die Person, die ihn geschickt hat, um einen neuen.

## Choose an account

select-account-title = Konto auswählen
# $account is an e-mail address.
select-account-continue = Weiter als { $account }

## Consent

# $app is the name of an app, or "this app".
consent-title = Erlauben Sie { $app } den Zugriff?
# $app is the name of an app, or "this app"; $host is a host name, or consent-local-host; $account is an e-mail address.
consent-lead = Damit geben Sie { $app } ({ $host }) Zugriff auf Ihr Konto { $account }.
# Stands for $host in consent-lead, when the app is not on the web.
consent-local-host = auf diesem Gerät
# A list of permissions follows: scope-openid and the others.
consent-scopes = Das könnte die App dann sehen oder nutzen
# A button: yes.
consent-allow = Erlauben

## Permissions: what an app would be able to see or use, and a sentence about it

scope-openid = Wer Sie sind
scope-openid-hint = Dass Sie es sind – anhand einer Nummer, die für Ihr Konto steht.
scope-profile = Ihr Profil
scope-profile-hint = Ihr Name und was sonst in Ihrem Profil steht.
scope-email = Ihre E-Mail-Adresse
scope-address = Ihre Postanschrift
scope-phone = Ihre Telefonnummer
scope-groups = Ihre Gruppen
scope-groups-hint = Die Namen Ihrer Rollen hier.
scope-roles = Ihre Rollen
scope-roles-hint = Ihre Funktion hier und Ihr Team.
scope-offline-access = Zugriff in Ihrer Abwesenheit
scope-offline-access-hint = Die App bleibt verbunden, bis Sie sich abmelden.

## A sign-in that is over

completed-title = Diese Seite ist nicht mehr aktuell
completed-lead = Sie haben diese Anmeldung anderswo abgeschlossen, oder sie war zu lange offen. Es ist nichts verloren gegangen.
# $app is the name of an app, or "this app".
completed-return = Zurück zu { $app }

## Sign out

# The title of the page, and its button.
sign-out-submit = Abmelden
sign-out-title = Abmelden?
# $account is the e-mail address.
sign-out-account = Sie sind als { $account } angemeldet.
sign-out-apps = Damit melden Sie sich auch in den Apps ab, die Sie von hier aus geöffnet haben.
sign-out-stay = Angemeldet bleiben

## Signed out

# In the title of the browser's tab.
signed-out-tab = Abgemeldet
signed-out-title = Sie sind abgemeldet
signed-out-lead = Wenn andere diesen Computer mitbenutzen, schließen Sie auch den Browser.
# A link follows: accounts-title.
signed-out-others = Andere Konten sind noch angemeldet:

## Not signed in

# In the title of the browser's tab.
not-signed-in-tab = Nicht angemeldet
not-signed-in-title = Sie sind hier nicht angemeldet
not-signed-in-lead = In diesem Browser gibt es keine Sitzung, von der Sie sich abmelden könnten. Es wurde also nichts beendet.
not-signed-in-elsewhere = Wenn Sie in einem anderen Browser noch angemeldet sind, melden Sie sich dort ab.

## On the way back to an app

leaving-title = Einen Moment
leaving-lead = Es geht zurück zur App.

## Start page

home-title = Willkommen
# $account is the e-mail address.
home-account = Sie sind als { $account } angemeldet.
# $app is the name of an app.
home-to-app = Weiter zu { $app }
# $product is the name of the product or the company.
home-lead = Hier melden Sie sich mit Ihrem Konto von { $product } an. Normalerweise bringt eine App Sie hierher und auch wieder zurück.
# For developers. A link follows: What it needs to connect.
home-developers = Entwickeln Sie eine App?
home-discovery = Das braucht sie für die Anbindung
