## The frame of an error page

error-for-developers = For the developers of the app
error-received = Received redirect_uri
error-registered = Registered
error-none = None
error-for-support = For support
error-app = App:
error-request = Request:

## Headings

error-one-moment = One moment, please
error-internal = Something went wrong
error-too-many-attempts = Too many attempts
error-cookies = Cookies are blocked
error-stale-form = Please try again
error-no-page = This page does not exist
error-not-a-page = This is not a page
error-lost = This sign-in is not here any more
error-sign-in-again = Please sign in again
error-setup-link = This setup link does not work any more
error-did-not-work = That did not work
error-sign-in-link = This sign-in link does not work
error-too-slow = That took too long
error-too-large = That is too much

## Sentences

error-internal-text = Something went wrong on our side. It is not your fault.
error-busy-text = Many people are signing in right now. Wait a moment, then try again.
error-repeated-text = This form was sent twice at the same time. Wait a moment, then look what it led to.
error-too-many-text = More is asked from where you are than we can answer. Wait a moment, then try again.
error-unavailable-text = This service can't save anything at the moment. Wait a moment, then try again.
error-later-text = This can't be done at the moment, and nothing was changed. Wait a moment, then try again.
error-lost-text = It was left open for too long, or it was begun in another browser, or this browser has deleted its cookies since. Go back to the app and start again.
error-cookies-text = This browser does not keep the cookie that tells your sign-in from other people's. Allow cookies for this site, then start again in the app you came from.
error-stale-form-text = This page was out of date, so nothing was changed. Perhaps you signed in or out in another tab.
error-no-page-text = Check the address, or start from the beginning.
error-not-a-page-text = This address only takes what an app or a button on one of our pages sends. Start from the beginning.
error-sign-in-again-text = You were signed out meanwhile, perhaps in another tab. Nothing was changed.
error-setup-link-text = A setup link works once and for a limited time. Ask whoever sent it to you for a new one.
error-incomplete-text = What arrived here was not complete, so nothing was changed. Go back to the app and start again.
error-bad-form-text = What arrived here was not complete, so nothing was changed. Go back, load the page again and try once more.
error-too-slow-text = What you sent did not arrive in time. Check your connection, go back and try again.
error-too-large-text = What you sent is too long. Go back, shorten it and try again.
error-unknown-app-text = The app that sent you here is not known to { $product }. Go back to it and start again. If that doesn't help, tell the people who run the app.
error-unregistered-text = { $app } wants you back at an address that is not registered for it. To protect you we stop here. Tell the people who run the app.
error-unanswerable-text = { $app } asked for something that can't be answered. Go back to it and start again. If that doesn't help, tell the people who run the app.

## Who has to wait

wait-a-minute = Too many attempts. Wait a minute, then try again.
wait-minutes = Too many attempts. Try again in { $minutes } minutes.
wait-hours = Too many attempts. Try again in { $hours } hours.
wait-locked = Too many attempts. Sign-in is locked for now: ask for help to get back in.
