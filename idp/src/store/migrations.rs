//! The migrations of a realm's two schemas.

use database::Migration;

macro_rules! step {
    ($version:expr, $folder:literal, $name:literal) => {
        Migration {
            version: $version,
            name: $name,
            up: include_str!(concat!("../../../migrations/", $folder, "/", $name, ".up.sql")),
            down: include_str!(concat!("../../../migrations/", $folder, "/", $name, ".down.sql")),
        }
    };
}

/// The name of the facts' schema in the ledger.
pub const FACTS_SET: &str = "idp";
/// Accounts, sessions, grants, keys.
pub const FACTS: &[Migration] = &[
    step!(1, "idp", "0001_accounts"),
    step!(2, "idp", "0002_sessions"),
    step!(3, "idp", "0003_grants"),
    step!(4, "idp", "0004_keys_and_logout"),
    step!(5, "idp", "0005_attempts_of_an_account"),
    step!(6, "idp", "0006_setup_links_of_accounts"),
    step!(7, "idp", "0007_key_rotation"),
    step!(8, "idp", "0008_not_before"),
    step!(9, "idp", "0009_large_realms"),
    step!(10, "idp", "0010_attempts_under_way"),
    step!(11, "idp", "0011_usernames"),
    step!(12, "idp", "0012_audit_actors"),
    step!(13, "idp", "0013_one_form_of_an_address"),
    step!(14, "idp", "0014_form_outcomes"),
    step!(15, "idp", "0015_passkeys"),
    step!(16, "idp", "0016_outbox"),
    step!(17, "idp", "0017_mailed_links"),
    step!(18, "idp", "0018_own_events"),
    step!(19, "idp", "0019_deletion"),
    step!(20, "idp", "0020_languages"),
    step!(21, "idp", "0021_trusted_browsers"),
    step!(22, "idp", "0022_upstream_identities"),
    step!(23, "idp", "0023_passkey_policies"),
];

/// The name of the pending state's schema in the ledger.
pub const PENDING_SET: &str = "idp_pending";
/// Half-finished sign-ins, the limits of requests, and the running servers.
pub const PENDING: &[Migration] = &[
    step!(1, "idp_pending", "0001_pending"),
    step!(2, "idp_pending", "0002_request_buckets"),
    step!(SERVERS, "idp_pending", "0003_servers"),
    step!(4, "idp_pending", "0004_pending_by_source"),
    step!(5, "idp_pending", "0005_answers"),
    step!(6, "idp_pending", "0006_upstream_attempts"),
];

/// The migration that adds the table of servers.
pub const SERVERS: i64 = 3;
