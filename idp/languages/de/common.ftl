## Words of several pages

continue = Weiter
cancel = Abbrechen
cancel-to-app = Abbrechen und zurück zu { $app }
sign-in = Anmelden
sign-in-staff = Team-Anmeldung
your-account = Ihr Konto
change = Ändern
see = Ansehen
email-address = E-Mail-Adresse
password = Passwort
new-password = Neues Passwort
code = Code
one-time-code = Einmalcode
create-account = Konto erstellen
use-another-account = Anderes Konto verwenden
to-start-page = Zur Startseite
start-again = Von vorn beginnen
back = Zurück
choose-new-password = Neues Passwort wählen
recovery-codes = Wiederherstellungscodes
passkeys = Passkeys
authenticator-app = Authenticator-App
remove = Entfernen
name = Name
# Stands for the name of an app that is not known.
this-app = dieser App

# Before the title of a page on which something has to be changed.
title-error = Fehler:
problem-heading = Es gibt ein Problem

## Around every page

# Beside the product's name, in a realm for the people who work there.
badge-staff = Team
terms-of-service = Nutzungsbedingungen
privacy-policy = Datenschutzerklärung
help = Hilfe
# { $app } is the name of an app.
continue-to-app = Danach geht es weiter zu { $app }.

## A new password

password-hint = Mindestens { $least } Zeichen. Ein paar Wörter ohne Zusammenhang sind sicher und leicht zu merken.
password-show = Anzeigen
password-show-label = Passwort anzeigen
password-hide = Verbergen
password-hide-label = Passwort verbergen

## Passkeys, told by the script of a page

passkey-failed = Das hat nicht geklappt. Sie können es noch einmal versuchen.
passkey-known = Dieses Gerät hat schon einen Passkey für Ihr Konto.

## The page on which people choose their language

language-title = Sprache wählen
language-lead = Diese Seiten und unsere E-Mails an Sie erscheinen künftig in der Sprache, die Sie wählen.
# The link to that page; { $language } is the name of the language in use.
language-link = Sprache: { $language }
