//! The paths that every relying party serves. Routes, links and redirects take them from here.

/// Starts a sign-in, by POST.
pub const LOGIN: &str = "/login";
/// Ends the session, by POST.
pub const LOGOUT: &str = "/logout";
/// Where the realm sends browsers back to; a service may put its own path in front.
pub const CALLBACK: &str = "/callback";
/// Where browsers land after signing out; a service may put its own path in front, and makes the page.
pub const SIGNED_OUT: &str = "/signed-out";
/// Where the realm ends sessions (OpenID Connect Back-Channel Logout 1.0).
pub const BACKCHANNEL_LOGOUT: &str = "/backchannel-logout";
