## What an account has: labels and hints

claim-name = Your name
claim-given-name = First name
claim-middle-name = Middle name
claim-family-name = Last name
claim-nickname = Nickname
claim-username = Username
claim-username-hint = Small letters, digits, dots, dashes and underscores. Apps show it.
claim-birthdate = Date of birth
claim-birthdate-hint = Year, month and day, like 1985-12-31.
claim-gender = Gender
claim-phone = Phone number
claim-phone-hint = With the country's number, like +44 20 7123 4567.
claim-address = Address
claim-address-hint = As it is written on a letter.
claim-locale = Language
claim-locale-hint = Like en-GB or de.
claim-zone = Time zone
claim-zone-hint = Like Europe/London.
claim-website = Website
claim-profile = Page about you
claim-picture = Address of a picture of you
claim-url-hint = Begins with https://.
# Behind the label of a field that may be left empty.
claim-optional = { $label } (optional)

## What has to change in a field. { $claim } is its label.

field-empty = “{ $claim }” can't be empty.
field-line = “{ $claim }” must be a line of at most 100 characters.
field-url = “{ $claim }” must be an https address of at most 1000 bytes.
field-date = “{ $claim }” must be a date like 1985-12-10, 0000-12-10 or 1985.
field-zone = “{ $claim }” must be a time zone like Europe/London.
field-locale = “{ $claim }” must be a language tag like en-GB.
field-phone = “{ $claim }” must be a phone number like +442071234567.
field-address = “{ $claim }” must be a text of at most 200 characters.
field-not-own = “{ $claim }” is not for people to say about themselves.
field-hidden = “{ $claim }” had characters in it that nobody can see. They are gone now: check it and go on.
name-hidden = There were characters in this name that nobody can see. They are gone now: check the name and go on.
name-too-long = Use a name of at most 100 characters.
email-invalid = Enter an e-mail address like name@example.com.
email-same = This is the address that you have already.
email-taken = We could not make an account with this address. If it is yours, sign in instead.
username-taken = This username is taken. Choose another one.
username-invalid = Use small letters, digits, dots, dashes and underscores in the username, 64 at most. It begins with a letter or a digit.

## New passwords

password-empty = Enter a password.
password-too-short = Use at least { $least } characters.
password-too-long = Use at most { $most } characters.
password-hidden = There is a character in this password that nobody can see. Type the password instead of pasting it.
# { $why } is one of the sentences below.
password-too-common = This password is too easy to guess. { $why }
password-of-person = This password is mostly your own name or e-mail address. Choose one that others can't connect with you.
password-of-product = This password is mostly the name of this service. Choose one that has nothing to do with it.
password-why-keyboard = It follows neighbouring keys on the keyboard.
password-why-repeats = It repeats the same characters.
password-why-sequence = It counts up or follows the alphabet.
password-why-date = It is mostly a date.
password-why-name = It is mostly a common name.
password-why-word = It is a single word.
password-why-common = It is on lists of common passwords, or close to one.
# While a password is typed that is accepted.
password-fair = This password will do. One more word makes it stronger.
password-strong = A strong password.
