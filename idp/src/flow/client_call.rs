//! A client's call to an endpoint: who calls, and whether it is the client that it claims to be.

use protocol::{
    client_auth::{self, AuthenticatedClient},
    error::OAuthError,
    params::Params,
    resource,
};

use super::{Result, throttle};
use crate::realm::Realm;

/// Where a call comes from, for the log and the limits.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The address the call comes from.
    pub address: std::net::IpAddr,
    /// The request's id.
    pub request_id: String,
}

/// Authenticates the client of a call to any endpoint that requires this. Wrong secrets are counted by address; a right
/// secret is accepted however many wrong ones were counted.
pub async fn authenticate(
    realm: &Realm,
    authorization: Option<&str>,
    params: &Params,
    caller: &Caller,
) -> Result<AuthenticatedClient> {
    params.check_no_repeats_but(resource::PARAMETER)?;
    let presented = client_auth::presented(authorization, params)?;
    match client_auth::judge(&presented, realm.client(&presented.client_id)) {
        Ok(client) => Ok(client),
        Err(failure) => {
            if failure.is_guess(&presented) {
                throttle::address(realm, "client", caller.address).await?;
            }
            Err(OAuthError::from(failure).into())
        }
    }
}
