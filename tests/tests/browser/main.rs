//! What people see and do, in Chromium.
//!
//! Every step checks the browser's console (see `end_to_end::chrome`), so each of these tests is also the test that no
//! page violates its content security policy (S5, S6).
//!
//! * `storefront`, `console`: the two main flows
//! * `plain`: the same pages with JavaScript switched off (S2)
//! * `way_on`: parallel tabs, Back, reload, interactions that are over (S7)
//! * `cookies`: fresh browsers with many tabs, and browsers without cookies (S36)
//! * `form_action`: the redirect chain after a form, per kind of client (S6)
//! * `languages`: the same pages in German, and in Arabic from right to left (S29, S30)
//! * `mistakes`: what a failed submit looks like (S26)
//! * `several`: two accounts in one browser (ACC-14)
//! * `passkeys`: a device that answers (S8, S9)
//! * `upstream`: signing in at another provider (S2, S6, S27)
//! * `weight`: the cold sign-in page (S1)
//! * `look`: nobody takes one realm for the other (S16)
//! * `themed`: a realm with colours, logos and links of its own (S38)
//! * `pictures`: makes the pictures of the documents; `scripts/screenshots` runs it
//! * `every_page`: reflow, targets and axe-core on each page there is (S27)
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests: an expectation that does not hold is a failed test"
)]

mod callback;
mod console;
mod cookies;
mod every_page;
mod form_action;
mod inspect;
mod languages;
mod look;
mod mailed;
mod mistakes;
mod passkeys;
mod pictures;
mod plain;
mod several;
mod storefront;
mod themed;
mod upstream;
mod walk;
mod way_on;
mod weight;
