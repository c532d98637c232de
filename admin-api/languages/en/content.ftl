## The list of pages

new-page = New page
search = Search
sort = Order
sort-updated = Last changed first
sort-slug = By address
no-pages = No pages here
no-pages-found = No page fits what you are looking for.
show-all-pages = Show all pages
no-pages-yet = The storefront has no pages of its own yet.
write-first-page = Write the first page
pages-of-storefront = Pages of the storefront
title = Title
address = Address
last-change = Last change
next-pages = Next pages

## The state of a page

state-draft = Draft
state-published = Published
state-changed = Published, draft changed

## The form of a page

all-pages = All pages
edit-page = Edit page
address-hint = The last part of /pages/…: small letters, digits and hyphens.
title-hint = Up to 150 characters.
body = Text
body-hint = A blank line starts a new paragraph; a line that starts with # and a space is a heading.
draft = Draft
your-version = Your version
save-draft = Save draft
save-and-publish = Save and publish
save-first = Save the draft first.
preview-button = Preview
unpublish-button = Take off the storefront…
not-published = The storefront doesn't show this page.
version = Version
published = Published
on-storefront = On the storefront
history = History
# { $what } is one of the events below.
event-version = { $what }, version { $version }
event-created = Created
event-saved = Draft saved
event-saved-published = Saved and published
event-published = Published
event-unpublished = Taken off the storefront
preview = Preview of the text in the form

## What a change led to

done-created = The draft exists. The storefront doesn't show it before you publish it.
done-saved = The draft is saved.
done-published = The page is saved and on the storefront.
done-unpublished = The storefront doesn't show the page any more.
done-unpublished-unsaved = The storefront doesn't show the page any more. Your text below isn't saved yet.

## A text that is not saved

not-saved-yet = Not saved yet
sign-in-new-tab = Staff sign-in in a new tab
unsaved-signed-out = You are not signed in any more. Sign in in a new tab, then come back to this one and save.
unsaved-stale = You signed in again after you opened this form. Look it over and save once more.
unsaved-hidden = The text had characters that nobody sees and nothing can store. They are gone from the form below: look it over and save once more.

## A text that was changed meanwhile

own-conflict = You changed this page in another tab
own-conflict-text = That was on { $when }, after you opened it here. Nothing of this tab was written; its text is still in the form below.
own-conflict-choice = Compare the two. Saving now replaces the other version with this one.
own-conflict-drop = Drop this one and continue with the other
other-version = The version of the other tab ({ $version })
conflict = Somebody else changed this page
conflict-text = { $who } changed it on { $when }, after you opened it. Nothing of yours was written; your text is still in the form below.
conflict-choice = Compare the two. Saving now replaces their version with yours.
conflict-drop = Drop yours and continue with theirs
their-version = Their version ({ $version })

## Taking a page off the storefront

unpublish-question = Take this page off the storefront?
unpublish-loss = Customers get “This page does not exist” at its address, at once. The draft stays here.
reason-hint-page = For your colleagues, in the history of the page.
unpublish-yes = Take it off the storefront
unpublish-no = Keep it

## What a field lacks

slug-missing = Enter an address for the page, such as about-us.
slug-too-long = Shorten the address to 80 characters.
slug-malformed = Use small letters a to z, digits and single hyphens between them.
slug-taken = Another page already has this address. Choose a different one.
slug-in-use = A page on the storefront keeps its address. Take it off the storefront to change the address.
title-missing = Enter a title.
title-too-long = Shorten the title to 150 characters.
title-hidden = Remove line breaks and invisible control characters from the title.
body-too-long = Shorten the text: about 3,000 words fit.
body-hidden = Remove invisible control characters from the text.
