# Signing in at another provider, and connecting an account there.

# A button. $provider is the name of another provider, everywhere in this file.
upstream-continue = Continue with { $provider }
leaving-to-upstream = You are going to { $provider }, to sign in there.

## What came to nothing

upstream-cancelled = You did not sign in at { $provider }. You can try again, or sign in another way.
upstream-unreachable = { $provider } does not answer right now. Try again in a while, or sign in another way.
upstream-refused = The sign-in at { $provider } did not work. Try again, or sign in another way.
upstream-not-fresh = You have to sign in anew, and { $provider } did not confirm that you have just done so. Try again, or sign in another way.
upstream-disabled = This account is switched off. Ask for help where you got it.
upstream-elsewhere = This account of { $provider } is connected with another account here.
upstream-lost = This browser is not waiting for an answer from another provider: the sign-in began elsewhere, or too long ago. Go back to the app and start again.

## Somebody who has no account here yet

connect-title = New here with { $provider }
# $account is the e-mail address that the provider has told.
connect-lead = You have signed in there as { $account }. That is not connected with an account here yet.
connect-lead-no-address = You have signed in there. That is not connected with an account here yet.
connect-have = You have an account here
connect-have-how = Sign in to it once. From then on { $provider } leads to it.
connect-new = You are new here
connect-new-how = Your account is made with what { $provider } has told about you.
connect-new-mail = We send a mail to this address, to see that it is yours.
connect-closed = With { $provider } alone no account can be made here. If you have none, ask for one where you found this service.
# A button: neither of the two.
connect-not = Sign in another way
# Above the form of the sign-in page.
sign-in-connects = After this, { $provider } is connected with your account.

## The page of connected sign-ins

connections-title = Connected sign-ins
connections-lead = You can sign in to your account with these providers, without its password.
# This and the next two stand side by side, behind a dot.
connections-since = connected { $time }
connections-last-used = last used { $time }
connections-unused = not used yet
connections-gone = It is not offered here any more.
connections-disconnect = Disconnect
connections-none = You have none yet.
connections-add = Connect { $provider }
connections-sign-out = Signing out here does not sign you out there.
connections-last = This is the last way into your account. Set a password or add a passkey before you disconnect it.

## On other pages of the account

account-connections-none = None
# A link: connect a first one.
account-add-connection = Connect one
# A link: see and change them.
account-manage-connections = Manage
# How somebody signed in: see sessions-signed-in.
sessions-method-upstream = another provider
sessions-method-upstream-code = another provider and one-time code
sessions-method-upstream-passkey = another provider and passkey
activity-sign-in-upstream = Somebody came from another provider to sign in
activity-upstream-connected = A sign-in at another provider was connected
activity-upstream-disconnected = A sign-in at another provider was disconnected

## Notices

notice-upstream-connected = Another way to sign in was connected
notice-upstream-connected-text = Your account can be signed in to with { $provider } now.
notice-upstream-disconnected = A way to sign in was disconnected
notice-upstream-disconnected-text = Your account can't be signed in to with { $provider } any more.
