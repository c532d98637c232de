//! Use cases on a realm of their own, without HTTP, and its router without a listener.
#![cfg(test)]

mod account;
mod app;
mod apps;
mod attested;
mod audit;
mod clocks;
mod demanded;
mod end_session;
mod enrolment;
mod factors;
mod harness;
mod imported;
mod languages;
mod leaving;
mod mailed;
mod own_profile;
mod passkey_offers;
mod passkeys;
mod password_advice;
mod pasted;
mod phishing;
mod profile;
mod refusals;
mod registration;
mod round_trips;
mod sessions;
mod several;
mod tabs;
mod throttle;
mod trusted;
mod twice;
mod upstream;
mod withdrawn;
