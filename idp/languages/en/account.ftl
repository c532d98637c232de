## Account

# $app is the name of an app.
account-back-to = Back to { $app }
account-profile = Profile
account-not-confirmed = Not confirmed
# The account has a password.
account-password-set = Set
# The account has no password.
account-password-none = None
# A link: make a first password.
account-set-password = Set one
# The account has an authenticator app.
account-app-set-up = Set up
account-app-not-set-up = Not set up
account-replace-app = Replace
# A link: begin to use an authenticator app.
account-set-up-app = Set up
# The account has no passkeys.
account-passkeys-none = None
# A link: a first passkey.
account-add-passkey = Add one
# A link: see and change the passkeys.
account-manage-passkeys = Manage
# Recovery codes.
account-codes-none = None left
# Recovery codes.
account-codes-left = { $count } left
# Recovery codes.
account-make-codes = Make new ones
account-sessions = Sessions
account-sessions-what = Where you are signed in
account-apps = Apps
account-apps-what = What has access
account-activity = Activity
account-activity-what = What happened
account-data = Data
account-data-what = A copy of it, and leaving
account-sign-out = Sign out
# Before account-other.
account-not-you = Not you?
account-other = Sign in with another account
# Instead of account-other, where a browser may have several accounts.
account-switch = Switch accounts
# The code of an authenticator app.
account-wrong-code = This code is not right. Check the time on your phone and try the next code.

## Profile

profile-title = Your profile
profile-lead = Apps that you allow to see it are told what stands here. Leave empty what nobody has to know.
profile-username = Your username is { $username }. It stays as it is, because apps may know you by it.
profile-save = Save

## E-mail address

address-title = Your e-mail address
address-confirmed = Confirmed
address-not-confirmed = Not confirmed
address-confirm = Confirm this address
address-another = Another address
address-hint = We send a mail to it. You sign in with the old one until you have confirmed the new one.
address-new = New e-mail address
address-send = Send the mail

## Password

password-change-title = Change your password
password-set-title = Set a password
password-current = Current password
password-end-others = Sign out everywhere else
password-change = Change password
password-set = Set password
password-wrong = This is not your current password.

## Sessions

sessions-title = Where you are signed in
sessions-lead = If you don't recognise one of these, end it, change your password, and look whether you know all your passkeys.
# The session that the reader uses now.
sessions-this = This device
# $time is a date with a time, $method one of the texts named sessions-method, $address a network address.
sessions-signed-in = Signed in { $time } with { $method }, from { $address }
# Follows sessions-signed-in, behind a dot.
sessions-last-seen = last seen { $time }
sessions-method-password = password
sessions-method-passkey = passkey
sessions-method-code = password and one-time code
sessions-method-both = password and passkey
sessions-method-mail = mail
sessions-method-mail-code = mail and one-time code
sessions-method-mail-passkey = mail and passkey
# A button that ends one session.
sessions-end = Sign out
# For screen readers, after sessions-end. $device is a browser and its system.
sessions-end-which = { $device }, signed in { $time }
sessions-end-others = Sign out everywhere else
# Such as "Firefox on Linux".
device-browser-and-system = { $browser } on { $system }
device-unknown = Unknown browser

## Browsers that aren't asked for a second factor, on the page of the sessions

trusted-title = Browsers that aren't asked for a code
trusted-lead = You chose that when you typed a code there. Changes of how you sign in still ask for one.
# $since and $until are dates with times.
trusted-since = Since { $since }, until { $until }
# A button.
trusted-forget = Ask for a code again

## Accounts in this browser

accounts-title = Accounts in this browser
accounts-lead = You can switch between them without signing in again. On a shared computer, sign out of all of them when you leave.
# The account that the reader uses now.
accounts-in-use = In use
# $time is a date with a time, $method one of the texts named sessions-method.
accounts-signed-in = Signed in { $time } with { $method }
# Instead of accounts-signed-in: the session has idled out.
accounts-over = Signed out, because it was not used for a while
# A button: go on with it.
accounts-use = Use this account
# Instead of accounts-use, after accounts-over.
accounts-sign-in-again = Sign in again
accounts-add = Add another account
accounts-end-all = Sign out of all accounts in this browser
# Instead of accounts-add. $count is how many accounts a browser may have.
accounts-full =
    { $count ->
        [one] In this browser, one account can be signed in at a time. Sign out to use another.
       *[other] In this browser, { $count } accounts can be signed in at a time. Sign out of one to add another.
    }

## Apps

apps-title = Connected apps
apps-none = No app has access to your account.
apps-lead = These apps have access to your account.
apps-first-used = First used { $time }
apps-last-used = Last used { $time }
# Follows apps-first-used, behind a dot.
apps-then-last-used = last used { $time }
apps-ours = It is connected again when you use it.
apps-theirs = If you disconnect it, it asks you again when you use it.
apps-disconnect = Disconnect

## Activity

# What happened, and the app that it is about.
activity-of-app = { $what }: { $app }
activity-title = Activity
activity-lead = What happened to your account in the last { $days } days. If you don't recognise something, change your password, and look where you are signed in.
activity-none = Nothing yet.
activity-none-older = Nothing older.
# Follows a time, behind a dot. $address is a network address.
activity-from = from { $address }
# Follows a time, behind a dot.
activity-by-operator = by the people who run this
# A link to older events.
activity-older = Older
# Things that happened. Some are followed by a colon and the name of an app.
activity-signed-in = Signed in
activity-sign-in-failed = A wrong password was typed
activity-throttled = Too many attempts to sign in: they have to wait
activity-password-accepted = The right password was typed
activity-password-failed = A wrong password was typed on the page that changes it
activity-sign-in-mail = A mailed link or code was used to sign in
activity-passkey-accepted = A passkey was used
activity-passkey-failed = A passkey was refused
activity-second-factor-app = A code of the authenticator app was used
activity-second-factor-passkey = A passkey was used as the second factor
activity-second-factor-recovery = A recovery code was used
activity-second-factor-failed = A wrong code was typed
activity-browser-trusted = A browser of yours is not asked for a code for a while
activity-browser-forgotten = A browser of yours is asked for a code again
activity-app-enrolled = An authenticator app was set up
activity-passkey-added = A passkey was added
activity-passkey-removed = A passkey was removed
activity-codes-replaced = New recovery codes were made
activity-account-created = The account was created
activity-account-set-up = The account was set up
activity-account-recovered = The account was set up again
activity-account-disabled = The account was switched off
activity-account-enabled = The account was switched on
activity-account-unlocked = Waits after wrong passwords were ended
activity-factors-reset = The second factors were taken away
activity-profile-changed = The profile was changed
activity-roles-changed = The roles were changed
activity-deletion-asked = The account was going to be deleted
activity-deletion-taken-back = The account was to be deleted, and stays
activity-password-changed = The password was changed
activity-password-reset = A new password was chosen by mail
activity-address-confirmed = The e-mail address was confirmed
activity-address-changed = The e-mail address was changed
activity-address-change-undone = A change of the e-mail address was taken back
activity-sessions-disowned = Everybody was signed out, by the mail about a new device
activity-mail-asked = A mail with a link was asked for
activity-mail-code-failed = A wrong mailed code was typed
activity-session-ended = A session ended
activity-consent-given = An app was allowed something
activity-consent-withdrawn = An app was disconnected
activity-app-signed-in = An app was signed in to
activity-token-revoked = An app has given its access back
activity-used-twice = Something of an app was used twice, and its access was ended

## Data

data-title = Your data
data-lead = Everything that is held about you here, as a file: your profile, how you sign in, your sessions, your apps, and what happened to your account.
data-export = Download a copy

## Deletion

delete-title = Delete your account
delete-lead = You are signed out everywhere, and apps that you use with this account are told. After { $days } days the account is deleted for good, with all that is held about you here. Apps may keep what you gave them.
delete-hint = If you sign in before, the account stays.
delete-submit = Delete the account
# Instead of delete-submit. "It" is the account.
delete-keep = Keep it
delete-asked = Your account is going to be deleted
delete-asked-lead = You are signed out everywhere. If you sign in within { $days } days, your account stays.

## Passkeys

passkeys-title = Your passkeys
passkeys-lead = With a passkey you sign in by your fingerprint, your face or the lock of your device. There is nothing to remember, and nothing that anybody could steal from us.
passkeys-synced = Can be on several devices
passkeys-single = On one device
# This and the next two follow passkeys-synced or passkeys-single, behind a dot.
passkeys-added = added { $time }
passkeys-last-used = last used { $time }
passkeys-unused = not used yet
passkeys-rename = Rename
passkeys-none = You have none yet.
passkeys-add = Add a passkey
# The name of a new passkey whose maker is not known.
passkeys-label = Passkey
passkeys-no-script = This browser can't make a passkey here. Scripts have to be allowed for it, and the device needs a screen lock or a security key.
# Before sessions-end-others.
passkeys-somebody-else = Was somebody else here?
passkeys-expired = That took too long, or the page was used before. Please try again.
passkeys-refused = This passkey could not be added. If this device has one for your account already, there is nothing to do.
passkeys-unlisted = This authenticator is not one of those that are allowed here. Please use a security key or device that whoever runs this service has approved.
passkeys-last = This is the last way into your account that is strong enough. Add another one before you remove it.
passkeys-name-length = A name has between 1 and { $max } characters.

## New recovery codes

new-codes-title = Make new recovery codes
new-codes-heading = Make new recovery codes?
new-codes-loss =
    { $count ->
        [one] The code you have left will stop working at once, also where you printed or saved them.
       *[other] The { $count } codes you have left will stop working at once, also where you printed or saved them.
    }
new-codes-none-left = You have none left. The new ones are shown once.
new-codes-make = Make new codes
# Instead of new-codes-make.
new-codes-keep = Keep the old ones
# Instead of new-codes-make, when there are no old ones.
new-codes-not-now = Not now
