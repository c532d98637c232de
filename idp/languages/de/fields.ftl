## What an account has: labels and hints

claim-name = Ihr Name
claim-given-name = Vorname
claim-middle-name = Zweiter Vorname
claim-family-name = Nachname
claim-nickname = Spitzname
claim-username = Benutzername
claim-username-hint = Kleinbuchstaben, Ziffern, Punkte, Bindestriche und Unterstriche. Apps zeigen ihn an.
claim-birthdate = Geburtsdatum
claim-birthdate-hint = Jahr, Monat und Tag, zum Beispiel 1985-12-31.
claim-gender = Geschlecht
claim-phone = Telefonnummer
claim-phone-hint = Mit Ländervorwahl, zum Beispiel +44 20 7123 4567.
claim-address = Postanschrift
claim-address-hint = So, wie sie auf einem Brief steht.
claim-locale = Sprache
claim-locale-hint = Zum Beispiel en-GB oder de.
claim-zone = Zeitzone
claim-zone-hint = Zum Beispiel Europe/London.
claim-website = Website
claim-profile = Seite über Sie
claim-picture = Adresse eines Bildes von Ihnen
claim-url-hint = Beginnt mit https://.
# Behind the label of a field that may be left empty.
claim-optional = { $label } (optional)

## What has to change in a field. { $claim } is its label.

field-empty = „{ $claim }“ darf nicht leer sein.
field-line = „{ $claim }“ muss eine Zeile mit höchstens 100 Zeichen sein.
field-url = „{ $claim }“ muss eine https-Adresse mit höchstens 1000 Byte sein.
field-date = „{ $claim }“ muss ein Datum sein, zum Beispiel 1985-12-10, 0000-12-10 oder 1985.
field-zone = „{ $claim }“ muss eine Zeitzone sein, zum Beispiel Europe/London.
field-locale = „{ $claim }“ muss ein Sprachkürzel sein, zum Beispiel en-GB.
field-phone = „{ $claim }“ muss eine Telefonnummer sein, zum Beispiel +442071234567.
field-address = „{ $claim }“ muss ein Text mit höchstens 200 Zeichen sein.
field-not-own = „{ $claim }“ können Sie nicht selbst angeben.
field-hidden = „{ $claim }“ enthielt unsichtbare Zeichen. Wir haben sie entfernt: Prüfen Sie die Angabe und fahren Sie fort.
name-hidden = Dieser Name enthielt unsichtbare Zeichen. Wir haben sie entfernt: Prüfen Sie den Namen und fahren Sie fort.
name-too-long = Der Name darf höchstens 100 Zeichen lang sein.
email-invalid = Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.com.
email-same = Diese Adresse haben Sie schon.
email-taken = Mit dieser Adresse konnten wir kein Konto erstellen. Wenn sie Ihnen gehört, melden Sie sich stattdessen an.
username-taken = Dieser Benutzername ist schon vergeben. Wählen Sie einen anderen.
username-invalid = Verwenden Sie im Benutzernamen höchstens 64 Zeichen: Kleinbuchstaben, Ziffern, Punkte, Bindestriche und Unterstriche. Er muss mit einem Buchstaben oder einer Ziffer beginnen.

## New passwords

password-empty = Geben Sie ein Passwort ein.
password-too-short = Verwenden Sie mindestens { $least } Zeichen.
password-too-long = Verwenden Sie höchstens { $most } Zeichen.
password-hidden = Dieses Passwort enthält ein unsichtbares Zeichen. Tippen Sie das Passwort ein, statt es einzufügen.
# { $why } is one of the sentences below.
password-too-common = Dieses Passwort ist zu leicht zu erraten. { $why }
password-of-person = Dieses Passwort besteht größtenteils aus Ihrem Namen oder Ihrer E-Mail-Adresse. Wählen Sie eines, das andere nicht mit Ihnen in Verbindung bringen können.
password-of-product = Dieses Passwort besteht größtenteils aus dem Namen dieses Dienstes. Wählen Sie eines, das nichts damit zu tun hat.
password-why-keyboard = Es besteht aus Tasten, die auf der Tastatur nebeneinanderliegen.
password-why-repeats = Es wiederholt dieselben Zeichen.
password-why-sequence = Es zählt hoch oder folgt dem Alphabet.
password-why-date = Es ist größtenteils ein Datum.
password-why-name = Es ist größtenteils ein häufiger Name.
password-why-word = Es ist ein einzelnes Wort.
password-why-common = Es steht auf Listen häufiger Passwörter oder ähnelt einem davon.
# While a password is typed that is accepted.
password-fair = Dieses Passwort genügt. Mit einem weiteren Wort wird es stärker.
password-strong = Ein starkes Passwort.
