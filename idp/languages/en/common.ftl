## Words of several pages

continue = Continue
cancel = Cancel
cancel-to-app = Cancel and return to { $app }
sign-in = Sign in
sign-in-staff = Staff sign-in
your-account = Your account
change = Change
see = See
email-address = E-mail address
password = Password
new-password = New password
code = Code
one-time-code = One-time code
create-account = Create an account
use-another-account = Use another account
to-start-page = Go to the start page
start-again = Start again
back = Back
choose-new-password = Choose a new password
recovery-codes = Recovery codes
passkeys = Passkeys
authenticator-app = Authenticator app
remove = Remove
name = Name
# Stands for the name of an app that is not known.
this-app = this app

# Before the title of a page on which something has to be changed.
title-error = Error:
problem-heading = There is a problem

## Around every page

# Beside the product's name, in a realm for the people who work there.
badge-staff = Staff
terms-of-service = Terms of service
privacy-policy = Privacy policy
help = Help
# { $app } is the name of an app.
continue-to-app = to continue to { $app }

## A new password

password-hint = At least { $least } characters. A few unrelated words are strong and easy to remember.
password-show = Show
password-show-label = Show password
password-hide = Hide
password-hide-label = Hide password

## Passkeys, told by the script of a page

passkey-failed = That did not work. You can try again.
passkey-known = This device has a passkey for your account already.

## The page on which people choose their language

language-title = Choose your language
language-lead = The pages here and our mails to you are in this language from now on.
# The link to that page; { $language } is the name of the language in use.
language-link = Language: { $language }
