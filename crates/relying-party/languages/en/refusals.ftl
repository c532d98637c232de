## Who may do this

please-sign-in = Please sign in
please-sign-in-text = This page is for people who are signed in.
wrong-side = You are signed in on the { $side } side
wrong-side-text = That sign-in, at { $url }, is not valid here.
second-factor = Please sign in with your second factor
second-factor-text = This needs a sign-in with a code from your authenticator app.
sign-in-again = Please sign in again
sign-in-again-text = For your safety, this needs a sign-in from a moment ago.
not-allowed = You can't do this
missing-permission = Your account doesn't have the permission “{ $permission }”. Ask a colleague who manages accounts for a role that has it.
missing-scope = Your sign-in doesn't include this part. Sign out and in again; if that doesn't help, tell whoever runs this service.

## Forms

stale-form = Please try again
stale-form-text = This page was out of date, so nothing was changed. Go back, load it again and repeat what you did.
cookies-blocked = Cookies are blocked
cookies-blocked-text = This browser did not send the cookie that tells you from other people. Allow cookies for this site, then load the page again and repeat what you did.

## Signing in

one-moment = One moment
continue = Continue
one-moment-please = One moment, please
sign-in-unreachable = The sign-in service can't be reached at the moment. Wait a moment, then try again.
sign-in-cancelled = You cancelled the sign-in. Nothing has changed.
sign-in-expired = That sign-in took too long or was used already. Please sign in again.
sign-in-no-cookies = Cookies are blocked, or this is another browser. Allow cookies here, then sign in again.
sign-in-failed = The sign-in did not work. Please try again. If it happens twice, tell whoever runs this service.
sign-in-unavailable = The sign-in service can't be reached at the moment. Please try again shortly.
