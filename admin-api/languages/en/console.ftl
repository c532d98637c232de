## Around every page

console = Staff console
console-label = Console
overview = Overview
content = Content
orders = Orders
for-staff-only = For staff only. Request
# Before the title of a page on which something has to be changed.
title-error = Error:
show = Show
any = Any
state = State
why = Why?
nothing-changed-yet = Nothing was changed yet

## The invitation to sign in

landing-text = Content and orders of the shop. You need a staff account and your authenticator app; customer accounts don't work here.
looking-for-shop = Looking for the shop?
go-to-storefront = Go to the storefront
# What happened, and a sentence about it.
notice = { $heading }. { $sentence }

## After signing in again for a dangerous action

step-up-done = You have signed in again. Nothing was changed yet, and nothing that you typed is lost.
# After a sign-in that failed; the reason stands before it.
step-up-again = Nothing was changed, and nothing that you typed is lost. You can try again.
# A button.
step-up-look = Look at the text first
step-up-no-form = No form waits here
step-up-no-form-text = Nothing was changed. A form waits for fifteen minutes, and only for the person who filled it in: if you have signed in as somebody else, sign in as that person again and go back to this page.

## Error pages

go-to-overview = Go to the overview
not-from-here = Not from here
not-from-here-text = The staff side can only be used from the networks that its operator has listed. Are you on the right network, or is a VPN switched off?
unknown-address = This page can't be shown like this
unknown-address-text = Something in its address isn't known here. Start from the overview and choose again.

## The overview

open-content = Open content
open-orders = Open orders
# Below the number of pages.
content-figures =
    { $total ->
        [one] page, { $rest }
       *[other] pages, { $rest }
    }
nothing-waits = nothing waits to be published
drafts-wait = { $drafts } never published
changes-wait = { $changed } with changes to publish
both-wait = { $one }, { $other }
# Below the number of orders to work on.
order-figures =
    { $open ->
        [one] order to work on, { $total } in all
       *[other] orders to work on, { $total } in all
    }
who-you-are = Who you are
name = Name
email-address = E-mail address
team = Team
roles = Roles
permissions = Permissions
no-roles = none
no-permissions = none
signed-in-with = Signed in with
with-both = password and authenticator app
with-password = password
with-app = authenticator app
with-two-factors = two factors
account-page = Password, authenticator app and recovery codes

## People

you = you
a-colleague = a colleague whose name is not known here yet
the-demo-data = the demo data
a-customer = a customer whose name is not known here yet
the-customer = the customer
# When something happened, and who did it.
when-who = { $when }, { $who }
when-by = { $when } by { $who }

## The reason of a change

reason-hidden = Remove line breaks and characters that can't be seen.
reason-missing = Say in a few words why.
reason-too-long = Say it in at most { $most } characters.

## After signing out

signed-out-tab = Signed out
signed-out = You are signed out
signed-out-text = On a shared computer, close the browser as well.
