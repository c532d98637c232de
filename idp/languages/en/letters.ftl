## Parts of every mail

letter-when = When
letter-device = Device
# the network address from which something was done
letter-address = Address
# a line of the mail's text: what it is (When, Device, Address), and its value
letter-fact = { $name }: { $value }
# what a link is for; the link stands in the next line
letter-button = { $label }:
letter-code = Or type this code on the page where you began:
letter-once = Link and code work once, for { $minutes } minutes.
letter-ignore = If it was not you, there is nothing to do: without this mail nobody gets any further.
letter-not-you = If it was not you, there is nothing to do.
letter-was-you = If it was you, there is nothing to do.

## A new password

letter-reset-text = Somebody asked for a new password for your account. If it was you, choose it here.
letter-no-account = There is no account with this address
letter-no-account-text = Somebody asked for a new password for an account with this address, but there is none.
letter-no-account-hint = If it was you, you have perhaps used another address here.
letter-disabled = Your account is switched off
letter-disabled-text = Somebody asked for a new password for your account. It is switched off, so a new password is of no use.
letter-disabled-hint = Ask for help where you got the account.
letter-not-set-up = Your account is not set up yet
letter-not-set-up-text = Somebody asked for a new password for your account. It has no second factor yet, so a password alone is of no use.
letter-not-set-up-hint = Set it up with the link of your invitation. If you don't have one, ask a colleague to send you one.

## A sign-in by mail

letter-sign-in = Your sign-in link
letter-sign-in-text = Somebody wants to sign in to your account without the password. If it is you, do it here. Tell nobody the code.
letter-sign-in-no-account-text = Somebody wanted to sign in with this address, but there is no account with it.
letter-sign-in-disabled-text = Somebody wanted to sign in to your account. It is switched off.
letter-unconfirmed = Choose a new password to sign in
letter-unconfirmed-text = Somebody wanted to sign in to your account by mail. That needs a confirmed address, and this one was never confirmed.
letter-unconfirmed-hint = If it was you, choose a new password instead: somebody else may have made the account, and know its password. That confirms the address, and everybody who is signed in to the account is signed out.

## A new account, or a new address

letter-register = Confirm your e-mail address
letter-register-text = One more step, and your account is there: confirm that this address is yours.
letter-register-button = Confirm the address
letter-here = The link works in the browser where you began. Anywhere else, type the code there.
letter-has-account = You have an account already
letter-has-account-text = Somebody wanted to create an account with this address, but there is one already. If it was you, sign in.
letter-has-account-forgot = If you don't remember the password, choose a new one:
letter-confirm-text = Confirm that this address is yours.
letter-change = Confirm your new e-mail address
letter-change-text = Confirm that this address is yours. From then on you sign in with it.
letter-address-in-use = This address has an account already
letter-address-in-use-text = Somebody wanted to change the address of another account to this one, but this one has an account already. Nothing was changed.
letter-address-changed = Your e-mail address was changed
letter-address-changed-text = Your account has another address now: { $address }. You sign in with that one.
letter-address-changed-button = Take it back
letter-address-changed-not-you = If it was not you, take it back: everybody is signed out then, the password does not work any more, and you choose a new one. The link works for seven days.
letter-address-taken-back = Your account has another address
letter-address-taken-back-text = The address that your account had before this one has taken it back.
letter-address-taken-back-hint = If you did not expect this, ask for help where you got your account.

## A new sign-in

letter-new-device = New sign-in
# $device is like "Firefox on Linux"
letter-new-device-on = New sign-in: { $device }
letter-new-device-text = Somebody has just signed in to your account on a device that it was never used on before.
letter-new-device-button = This was not me
letter-new-device-not-you = If it was not you, press the button: everybody is signed out then, the password does not work any more, and you choose a new one. The link works for seven days.

## Notices of what happened to an account

notice-button = Look at your account
notice-not-you = If it was not you, choose a new password at once:
notice-password-set = Your account has a password
notice-password-set-text = Your account had no password before. Now it has one.
notice-password-changed = Your password was changed
notice-password-changed-text = Your account has a new password. The old one does not work any more.
notice-app-set = An authenticator app was set up
notice-app-set-text = Your account asks for the codes of a new authenticator app. Those of an app before it do not work any more.
notice-passkey-added = A passkey was added
notice-passkey-added-text = Your account has a new passkey. Whoever has its device can sign in with it.
notice-passkey-removed = A passkey was removed
notice-passkey-removed-text = One of the passkeys of your account does not work any more.
notice-new-codes = New recovery codes
notice-new-codes-text = Your account has new recovery codes. The old ones do not work any more.
notice-code-used = A recovery code was used
notice-code-used-text = Somebody signed in to your account with one of its recovery codes.
notice-factors-taken = Your account has to be set up again
notice-factors-taken-text = Password and second factor of your account were taken away, and everybody is signed out. You get a link to set them up again.
notice-deletion-asked = Your account is going to be deleted
notice-deletion-asked-text = It is deleted for good in { $days } days, and everybody is signed out. If you sign in before, it stays.
notice-deletion-taken-back = Your account stays
notice-deletion-taken-back-text = Your account was going to be deleted. Somebody has signed in to it, so it stays.
notice-set-up-again = Your account was set up again
notice-set-up-again-text = Your account has a new password and a new second factor. The old ones do not work any more.
