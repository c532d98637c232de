## What people read about a status

not-allowed-text = Your account isn't allowed to do this. Nothing was changed.
no-page = This page does not exist
no-page-text = Check the address, or start from the beginning.
not-a-page = This is not a page
not-a-page-text = This address only takes what a button on one of our pages sends. Start from the beginning.
too-slow = That took too long
too-slow-text = What you sent did not arrive in time. Check your connection, go back and try again.
changed-meanwhile = Something has changed meanwhile
changed-meanwhile-text = Nothing of yours was changed. Go back, load the page again and repeat what you wanted to do.
too-large = That is too much
too-large-text = What you sent is too long. Go back, shorten it and try again.
too-many-text = You are faster than we can follow. Wait a moment, then try again.
did-not-work = That did not work
incomplete-text = What arrived here was not complete, so nothing was changed. Go back, load the page again and try once more.
later-text = This can't be done at the moment, and nothing was changed. Wait a moment, then try again.
internal = Something went wrong
internal-text = Something went wrong on our side. It is not your fault. If it happens again, tell us the request below.
