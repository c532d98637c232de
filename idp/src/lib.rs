//! The provider: realms, their sign-in pages and their OpenID Connect endpoints.
//!
//! A request passes through [`http`], which unpacks it, [`flow`], which carries out one use case, the rules of the
//! `protocol` crate, which decide, and [`store`], which keeps facts. [`realm`] is everything that one issuer owns,
//! [`authn`] the proof of identity, [`session`] the browser that asks, [`paths`] the paths of pages, [`words`] the
//! texts that people read, [`look`] the colours and pictures of pages, [`serve`] a realm's listener and jobs.

/// `Debug` for values that hold a cookie or a code: prints the type's name and nothing of the value.
macro_rules! opaque {
    ($type:ident $(<$lifetime:lifetime>)?) => {
        impl ::std::fmt::Debug for $type $(<$lifetime>)? {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(concat!(stringify!($type), "(..)"))
            }
        }
    };
}

pub mod authn;
pub mod cli;
pub mod flow;
pub mod http;
pub mod look;
pub mod mail;
pub mod paths;
pub mod realm;
pub mod serve;
pub mod session;
pub mod store;
pub mod words;
