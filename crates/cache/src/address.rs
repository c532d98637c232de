//! The address of the Redis server.

use std::str::FromStr;

use redis::{Client, ConnectionAddr, ConnectionInfo, TlsCertificates};

use crate::AddressError;

/// The address of a Redis server: `redis://USER@HOST:PORT`, or `rediss://` for TLS.
#[derive(Clone)]
pub struct CacheUrl {
    info: ConnectionInfo,
    ca: Option<Vec<u8>>,
}

impl CacheUrl {
    /// The same address with the password of its user.
    #[must_use]
    pub fn with_password(self, password: &str) -> Self {
        let settings = self.info.redis_settings().clone().set_password(password);
        Self { info: self.info.set_redis_settings(settings), ..self }
    }

    /// The same address, for a server whose certificate must be issued by one of these authorities (PEM).
    ///
    /// # Errors
    /// The address is not `rediss://`, or the text contains no certificate.
    pub fn with_ca(self, pem: Vec<u8>) -> Result<Self, AddressError> {
        let with_ca = Self { ca: Some(pem), ..self };
        if !with_ca.is_encrypted() {
            return Err(AddressError("only a rediss:// address has a certificate to be checked"));
        }
        with_ca.client().map(|_| with_ca)
    }

    /// Whether the connection is made with TLS.
    pub fn is_encrypted(&self) -> bool {
        matches!(self.info.addr(), ConnectionAddr::TcpTls { .. })
    }

    /// The library's client, which connects to this address.
    pub(crate) fn client(&self) -> Result<Client, AddressError> {
        // fails when the process has a provider already, which works as well
        let _ = rustls::crypto::ring::default_provider().install_default();
        // one command fewer that the Redis user needs permission for
        let settings = self.info.redis_settings().clone().set_skip_set_lib_name();
        let info = self.info.clone().set_redis_settings(settings);
        let client = match &self.ca {
            Some(ca) if !has_certificate(ca) => {
                return Err(AddressError("there is no certificate in PEM form"));
            }
            Some(ca) => {
                let certificates = TlsCertificates { client_tls: None, root_cert: Some(ca.clone()) };
                Client::build_with_tls(info, certificates)
            }
            None => Client::open(info),
        };
        client.map_err(|_| AddressError("the address or the certificate can't be used"))
    }
}

fn has_certificate(pem: &[u8]) -> bool {
    String::from_utf8_lossy(pem).contains("-----BEGIN CERTIFICATE-----")
}

impl std::fmt::Debug for CacheUrl {
    /// Omits the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let user = self.info.redis_settings().username().unwrap_or("default");
        write!(f, "redis of {user} at {}", self.info.addr())
    }
}

impl FromStr for CacheUrl {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let is_known = ["redis://", "rediss://"].iter().any(|scheme| text.starts_with(scheme));
        // after a `#` the library reads an option that disables the check of certificates
        if !is_known || text.contains('#') {
            return Err(AddressError("must be redis://USER@HOST:PORT, or rediss:// for TLS"));
        }
        // the library's errors could repeat the text, which may contain a password
        let info = ConnectionInfo::from_str(text)
            .map_err(|_| AddressError("the address of the Redis server can't be read"))?;
        Ok(Self { info, ca: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Result<CacheUrl, AddressError> {
        text.parse()
    }

    #[test]
    fn an_address_names_a_server_and_nothing_turns_the_check_of_its_certificate_off() {
        assert!(!url("redis://customer@cache:6379").unwrap().is_encrypted());
        assert!(url("rediss://customer@cache:6380/1").unwrap().is_encrypted());
        for text in ["cache:6379", "http://cache", "redis://", "rediss://cache/#insecure", "redis://c:port"] {
            assert!(url(text).is_err(), "{text}");
        }
    }

    #[test]
    fn e7_a_password_is_not_shown() {
        let shown = url("rediss://customer:hunter2@cache:6380").unwrap();
        assert_eq!(format!("{shown:?}"), "redis of customer at cache:6380");
        assert!(!format!("{:?}", shown.with_password("hunter3")).contains("hunter"));
        assert!(!format!("{:?}", url("redis://c:hunter2@h:port").unwrap_err()).contains("hunter"));
    }

    #[test]
    fn an_authority_needs_a_connection_with_tls_and_a_certificate() {
        assert!(url("redis://cache").unwrap().with_ca(b"x".to_vec()).is_err());
        assert!(url("rediss://cache").unwrap().with_ca(b"x".to_vec()).is_err());
    }
}
