//! The paths that every relying party serves. Routes, links and redirects take them from here.

/// Starts a sign-in, by POST.
pub const LOGIN: &str = "/login";
/// Ends the session, by POST.
pub const LOGOUT: &str = "/logout";
/// The callback after a sign-in at the realm; a service may prefix its own path.
pub const CALLBACK: &str = "/callback";
/// The page after signing out, made by the service; a service may prefix its own path.
pub const SIGNED_OUT: &str = "/signed-out";
/// Back-channel logout: the realm ends sessions (OpenID Connect Back-Channel Logout 1.0).
pub const BACKCHANNEL_LOGOUT: &str = "/backchannel-logout";
