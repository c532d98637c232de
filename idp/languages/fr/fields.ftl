## What an account has: labels and hints

claim-name = Votre nom
claim-given-name = Prénom
claim-middle-name = Deuxième prénom
claim-family-name = Nom de famille
claim-nickname = Surnom
claim-username = Nom d’utilisateur
claim-username-hint = Minuscules, chiffres, points, tirets et tirets bas. Les applications l’affichent.
claim-birthdate = Date de naissance
claim-birthdate-hint = Année, mois et jour, par exemple 1985-12-31.
claim-gender = Genre
claim-phone = Numéro de téléphone
claim-phone-hint = Avec l’indicatif du pays, par exemple +44 20 7123 4567.
claim-address = Adresse
claim-address-hint = Comme on l’écrit sur une lettre.
claim-locale = Langue
claim-locale-hint = Par exemple en-GB ou de.
claim-zone = Fuseau horaire
claim-zone-hint = Par exemple Europe/London.
claim-website = Site web
claim-profile = Page à votre sujet
claim-picture = Adresse d’une photo de vous
claim-url-hint = Commence par https://.
# Behind the label of a field that may be left empty.
claim-optional = { $label } (facultatif)

## What has to change in a field. { $claim } is its label.

field-empty = Le champ « { $claim } » ne peut pas être vide.
field-line = Le champ « { $claim } » doit contenir une seule ligne de 100 caractères au plus.
field-url = Le champ « { $claim } » doit contenir une adresse https de 1000 octets au plus.
field-date = Le champ « { $claim } » doit contenir une date comme 1985-12-10, 0000-12-10 ou 1985.
field-zone = Le champ « { $claim } » doit contenir un fuseau horaire comme Europe/London.
field-locale = Le champ « { $claim } » doit contenir un code de langue comme en-GB.
field-phone = Le champ « { $claim } » doit contenir un numéro de téléphone comme +442071234567.
field-address = Le champ « { $claim } » doit contenir un texte de 200 caractères au plus.
field-not-own = Vous ne pouvez pas remplir vous-même le champ « { $claim } ».
field-hidden = Le champ « { $claim } » contenait des caractères invisibles. Ils ont été retirés : vérifiez le champ, puis continuez.
name-hidden = Ce nom contenait des caractères invisibles. Ils ont été retirés : vérifiez le nom, puis continuez.
name-too-long = Utilisez un nom de 100 caractères au plus.
email-invalid = Saisissez une adresse e-mail comme name@example.com.
email-same = C’est déjà votre adresse actuelle.
email-taken = Nous n’avons pas pu créer de compte avec cette adresse. Si c’est la vôtre, connectez-vous.
username-taken = Ce nom d’utilisateur est déjà pris. Choisissez-en un autre.
username-invalid = Pour le nom d’utilisateur, utilisez des minuscules, des chiffres, des points, des tirets et des tirets bas, 64 caractères au plus. Il commence par une lettre ou un chiffre.

## New passwords

password-empty = Saisissez un mot de passe.
password-too-short = Utilisez au moins { $least } caractères.
password-too-long = Utilisez { $most } caractères au plus.
password-hidden = Ce mot de passe contient un caractère invisible. Saisissez le mot de passe au lieu de le coller.
# { $why } is one of the sentences below.
password-too-common = Ce mot de passe est trop facile à deviner. { $why }
password-of-person = Ce mot de passe reprend surtout votre nom ou votre adresse e-mail. Choisissez-en un que personne ne peut associer à vous.
password-of-product = Ce mot de passe reprend surtout le nom de ce service. Choisissez-en un sans rapport avec lui.
password-why-keyboard = Il suit des touches voisines du clavier.
password-why-repeats = Il répète les mêmes caractères.
password-why-sequence = Il suit l’ordre des chiffres ou de l’alphabet.
password-why-date = C’est surtout une date.
password-why-name = C’est surtout un nom courant.
password-why-word = C’est un seul mot.
password-why-common = Il figure dans les listes de mots de passe courants, ou y ressemble beaucoup.
# While a password is typed that is accepted.
password-fair = Ce mot de passe convient. Un mot de plus le rend plus sûr.
password-strong = Un mot de passe robuste.
