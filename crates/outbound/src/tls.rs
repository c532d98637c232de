//! The certificate authorities that outbound calls trust: the roots shipped with the program, so that it needs none
//! from the system, and the operator's own CA.

use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};

use super::OutboundError;

pub(super) fn config(extra_ca: Option<&Path>) -> Result<ClientConfig, OutboundError> {
    // Libraries that use the process's default provider get the same one. It fails when one is installed already, which
    // is fine.
    let _ = ring::default_provider().install_default();
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = extra_ca {
        let broken = |reason: String| OutboundError::Setup(format!("{}: {reason}", path.display()));
        let mut certificates = 0;
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| broken(error.to_string()))? {
            let certificate = certificate.map_err(|error| broken(error.to_string()))?;
            roots.add(certificate).map_err(|error| broken(error.to_string()))?;
            certificates += 1;
        }
        if certificates == 0 {
            return Err(broken("holds no certificate in PEM form".to_owned()));
        }
    }
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map(|builder| builder.with_root_certificates(roots).with_no_client_auth())
        .map_err(|error| OutboundError::Setup(error.to_string()))
}
