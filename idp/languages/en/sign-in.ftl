# Signing in, making an account, the second factor, consent, signing out, and the start page.

## Sign in

sign-in-passkey = Sign in with a passkey
# Above the form, when somebody adds an account. $account is the e-mail address of another one.
sign-in-beside = { $account } stays signed in.
sign-in-forgot = Forgot your password?
sign-in-by-mail = Get a sign-in link by mail
# A link follows: Create an account.
sign-in-new = New here?
# The same whether the address or the password was wrong: it must not say which.
sign-in-wrong = The e-mail address or the password is not right.
sign-in-wrong-hidden = The e-mail address or the password is not right. There is a character in the password that nobody can see: perhaps it was pasted with it.
sign-in-passkey-expired = That took too long. Please try again.
sign-in-passkey-unknown = This passkey is not known here: it was removed from its account. Use another one, or your password.
sign-in-passkey-refused = This passkey could not be checked. Please try again, or use your password.

## Create an account

register-passkey-hint = No password to remember: your fingerprint, your face or the lock of this device signs you in.
register-passkey = Continue with a passkey
# Heading above the field of the password, below the button for a passkey.
register-or-password = Or with a password
# { $terms } is the link named terms-of-service.
register-terms = By creating an account you agree to the { $terms }.
register-submit = Create account
# A link follows: Sign in.
register-have = Already have an account?

## Second factor

second-factor-title-app = Enter your code
# The title of the page, and its button.
second-factor-title-passkey = Use your passkey
# $account is the e-mail address.
second-factor-lead = Signing in as { $account }
second-factor-otp-hint = Six digits from your authenticator app.
second-factor-no-passkey = This browser can't use your passkey here.
# Follows second-factor-no-passkey.
second-factor-recovery-instead = You can sign in with a recovery code instead.
# Follows second-factor-no-passkey.
second-factor-elsewhere = Sign in on the device that has it.
# A link follows: Use a recovery code.
second-factor-no-app = No access to your app?
# A link follows: Use a recovery code.
second-factor-lost-passkey = No access to your passkey?
second-factor-trust =
    { $days ->
        [one] Don't ask again in this browser for a day
       *[other] Don't ask again in this browser for { $days } days
    }
second-factor-trust-hint = Only on a device of your own.
second-factor-wrong-code = This code is not right, or it was used already. Wait for the next one and try again.
second-factor-wrong-passkey = That was not one of your passkeys, or it took too long. Please try again.

## Recovery code instead of the second factor

# The title of the page, and the text of links to it.
recovery-title = Use a recovery code
# $account is the e-mail address.
recovery-lead = Signing in as { $account }. Each of the codes that you saved works once.
# The label of the field.
recovery-code = Recovery code
recovery-hint = 24 letters and digits. Capitals, spaces and hyphens don't matter.
recovery-other-way = Use another way instead
recovery-wrong = This is not one of your unused recovery codes.

## Setting up a second factor

enrol-title = Protect your account
enrol-title-app = Set up your authenticator app
# $account is the e-mail address.
enrol-lead = Choose what else protects { $account }, even when somebody learns the password.
# $account is the e-mail address.
enrol-lead-app = It makes the codes that protect { $account } even when somebody learns the password.
enrol-title-passkey = Set up a passkey
# $account is the e-mail address.
enrol-lead-passkey = { $account } is protected by a passkey: unlike a code, a page that only looks like this one can't steal it.
enrol-with-passkey = With a passkey
enrol-passkey-hint = Your fingerprint, your face or the lock of this device, or a security key. There is no code to type.
enrol-passkey = Use a passkey
enrol-no-passkey = This browser can't make a passkey here.
# Follows enrol-no-passkey.
enrol-passkey-elsewhere = Go on in another browser, or on a device with a screen lock.
enrol-or-app = Or with an authenticator app
enrol-scan = Scan this code with your app
enrol-qr = QR code for your authenticator app
enrol-type = Can't scan? Type this key into the app
enrol-confirm-code = Confirm with the code the app shows
enrol-submit = Confirm
enrol-not-now = Not now

## The offer of a passkey after a sign-in with a password

# The browser may make a passkey by itself meanwhile.
passkey-offer-moment = One moment …
passkey-offer-title = Sign in without a password next time
passkey-offer-lead = A passkey takes its place: your fingerprint, your face or the lock of this device, or a security key.

## A second factor is needed, and can't be set up here

enrol-refused-title = A second factor is needed
# $account is the e-mail address.
enrol-refused-staff = Staff sign in with a second factor, and { $account } has none yet.
enrol-refused-passkey-title = A passkey is needed
# $account is the e-mail address.
enrol-refused-passkey = Staff sign in with a passkey, and { $account } has none yet.
enrol-refused-staff-how = To keep a stolen password from being enough, it can be set up only with an invitation. Ask a colleague who manages staff accounts to send you one.

## Save your recovery codes

recovery-codes-title = Save your recovery codes
# $now is recovery-codes-now, in bold.
recovery-codes-lead = If you lose your phone, each of these codes signs you in once. Print them or keep them in a password manager: { $now }.
# The end of recovery-codes-lead.
recovery-codes-now = they are shown only now
recovery-codes-copy = Copy codes
# Stands on the button for a moment, after the codes were copied.
recovery-codes-copied = Copied
recovery-codes-saved = I have saved them

## One-time setup link

setup-title = Set up your account
# $role is the name of a role, which is not translated.
setup-lead = It will have the role { $role }. After the password you set up a second factor: have your phone at hand.
setup-title-again = Get back into your account
setup-lead-again = Choose a new password. After it you set up a second factor: have your phone at hand.
# $time is a date and a time of day.
setup-expires = This link works once, until { $time }.
setup-wrong-code = This code is not right. Check the time on your phone and try the next code.
setup-wrong-passkey = This passkey could not be set up, or it took too long. Please try again.
setup-gone = This setup link does not work any more
setup-gone-how = A setup link works once and for a limited time. Ask whoever sent it to you for a new one.

## Choose an account

select-account-title = Choose an account
# $account is an e-mail address.
select-account-continue = Continue as { $account }

## Consent

# $app is the name of an app, or "this app".
consent-title = Allow { $app }?
# $app is the name of an app, or "this app"; $host is a host name, or consent-local-host; $account is an e-mail address.
consent-lead = { $app } ({ $host }) asks for access to your account { $account }.
# Stands for $host in consent-lead, when the app is not on the web.
consent-local-host = an app on this device
# A list of permissions follows: scope-openid and the others.
consent-scopes = It would be able to see or use
# A button: yes.
consent-allow = Allow

## Permissions: what an app would be able to see or use, and a sentence about it

scope-openid = Who you are
scope-openid-hint = That it is you, by a number that stands for your account.
scope-profile = Your profile
scope-profile-hint = Your name and what else your profile says.
scope-email = Your e-mail address
scope-address = Your postal address
scope-phone = Your phone number
scope-groups = Your groups
scope-groups-hint = The names of your roles here.
scope-roles = Your roles
scope-roles-hint = What you are here, and your team.
scope-offline-access = Access while you are away
scope-offline-access-hint = It stays connected until you sign out.

## A sign-in that is over

completed-title = This page is out of date
completed-lead = You have finished this sign-in elsewhere, or it was left open for too long. Nothing was lost.
# $app is the name of an app, or "this app".
completed-return = Return to { $app }

## Sign out

# The title of the page, and its button.
sign-out-submit = Sign out
sign-out-title = Sign out?
# $account is the e-mail address.
sign-out-account = You are signed in as { $account }.
sign-out-apps = Signing out also ends your sessions in the apps you opened from here.
sign-out-stay = Stay signed in

## Signed out

# In the title of the browser's tab.
signed-out-tab = Signed out
signed-out-title = You are signed out
signed-out-lead = On a shared computer, close the browser as well.
# A link follows: accounts-title.
signed-out-others = Other accounts are still signed in:

## Not signed in

# In the title of the browser's tab.
not-signed-in-tab = Not signed in
not-signed-in-title = You are not signed in here
not-signed-in-lead = This browser has no session to sign out of, so nothing was ended.
not-signed-in-elsewhere = If you are still signed in in another browser, sign out there.

## On the way back to an app

leaving-title = One moment
leaving-lead = You are going back to the app.

## Start page

home-title = Welcome
# $account is the e-mail address.
home-account = You are signed in as { $account }.
# $app is the name of an app.
home-to-app = Go to { $app }
# $product is the name of the product or the company.
home-lead = This is where accounts of { $product } sign in. Usually an app brings you here and takes you back.
# For developers. A link follows: What it needs to connect.
home-developers = Do you build an app?
home-discovery = What it needs to connect
