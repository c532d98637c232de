## Look into your mailbox

mailed-heading = Look into your mailbox
mailed-lead = We have sent a mail to { $address }. Open its link, or type its code here.
mailed-hint = Eight digits. It works for { $minutes } minutes.
mailed-nothing-there = Nothing there? It can take a minute, and it may be among the spam.
mailed-again = Send another mail
# $wait is one or more whole sentences, which say how long to wait
mailed-not-yet = We can't send another mail yet. { $wait }
mailed-wrong = This code is not right. Look at the newest mail from us, and type its code.
mailed-over = No code of this mail works any more. Send another mail.
mailed-too-many = Too many wrong codes were typed for this address. The link in the mail still works.
mailed-another-account = Another account is in use
mailed-another-account-text = This mail is about another account than the one that you are signed in with here. Sign in with that one, then open the link again.
mailed-taken = This address is in use
mailed-taken-text = Another account has this address by now, so nothing was changed.
mailed-gone = This link does not work any more
mailed-gone-text = A mailed link works once and for a limited time, and a newer mail takes its place. Start again where you began.

## The page behind a mailed link

link-elsewhere = Type the code instead
link-elsewhere-text = You have opened the link in another browser than the one in which you began. Go back there, and type the code that stands in the mail.
link-sign-in-text = You sign in to the account with this address.
link-confirm = Confirm your e-mail address
link-confirm-text = Confirm that this address is yours.
link-confirm-button = Confirm the address
link-change = Confirm your new e-mail address
link-change-text = Confirm that this address is yours. From then on you sign in with it.
link-change-button = Use this address
link-undo = Take your e-mail address back
link-undo-text = Your account gets this address again. Everybody who is signed in to it is signed out, and the password does not work any more. Then choose a new one.
link-undo-button = Take it back
# heading and button
link-disown = Sign everybody out
link-disown-text = Everybody who is signed in to your account is signed out, on every device, and the password does not work any more. Then choose a new one.

## Everybody is signed out

signed-out-everywhere-heading = Everybody is signed out
signed-out-everywhere-text = Nobody is signed in to your account any more. Choose a new password. Then look whether you know all passkeys and the authenticator app on your account's page.

## The passkey of a new account

first-passkey-heading = Make your passkey
first-passkey-lead = It signs you in to { $address } by your fingerprint, your face or the lock of this device.
first-passkey-make = Make the passkey
first-passkey-impossible = This browser can't make a passkey here.
first-passkey-use-password = Use a password instead
first-passkey-failed = This passkey could not be made, or it took too long. Please try again, or use a password.

## Forgotten password

forgot-heading = Forgotten password
forgot-lead = We send you a mail with a link. There you choose a new password.
forgot-submit = Send the mail
forgot-back = Back to sign-in
forgot-unavailable = There is no mail here
forgot-unavailable-text = Here nobody gets a new password by mail. Ask for help where you got your account.

## Sign in by mail

by-mail-heading = Sign in by mail
by-mail-lead = We send you a mail with a link and a code. Either of them signs you in without your password.
by-mail-submit = Send the mail
by-mail-back = Sign in with your password

## Choose a new password

reset-lead = Everybody who is signed in to your account is signed out then.
reset-submit = Save the new password
reset-done = Your password is changed
reset-done-text = Sign in with the new one.
