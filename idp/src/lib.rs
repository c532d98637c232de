//! The provider: realms, their sign-in pages and their OpenID Connect endpoints.
//!
//! One way through: [`http`] unpacks a request, [`flow`] carries out one use case, the rules of the `protocol` crate
//! judge, [`store`] keeps facts. [`realm`] is everything one issuer owns, [`authn`] how a person proves who they are,
//! [`session`] who asks, [`paths`] where pages are, [`serve`] a realm's listener with its jobs.

/// `Debug` for values that hold a cookie or a code: the name, and nothing of the value.
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
pub mod paths;
pub mod realm;
pub mod serve;
pub mod session;
pub mod store;
