//! A maker of authenticators: its authority, and the certificate by which its authenticators prove what they are
//! (Web Authentication section 8.2).

use openssl::{
    asn1::{Asn1Object, Asn1OctetString, Asn1Time},
    bn::{BigNum, MsbOption},
    ec::{EcGroup, EcKey},
    hash::MessageDigest,
    nid::Nid,
    pkey::{PKey, Private},
    sign::Signer,
    x509::{
        X509, X509Builder, X509Extension, X509Name, X509NameBuilder,
        extension::{BasicConstraints, KeyUsage},
    },
};

/// A model of the maker.
pub const MODEL: [u8; 16] = *b"realmkeep-model1";

/// A maker with one model.
#[derive(Debug, Clone)]
pub struct Maker {
    /// The certificate of its authority, PEM.
    pub authority: String,
    /// The certificate of the model, DER.
    pub(crate) certificate: Vec<u8>,
    key: PKey<Private>,
}

impl Maker {
    /// A maker whose certificate names this model.
    ///
    /// # Panics
    /// When there is no certificate: a test can't go on then.
    pub fn new(model: [u8; 16]) -> Self {
        let (above, key) = (key(), key());
        let authority = name("Maker", "Authority");
        let root = certificate(&authority, &authority, &above, &above, |builder| {
            extend(builder, BasicConstraints::new().critical().ca().build().expect("an extension"));
            extend(builder, KeyUsage::new().critical().key_cert_sign().build().expect("an extension"));
        });
        let subject = name("Authenticator Attestation", "Model");
        let leaf = certificate(&subject, &authority, &key, &above, |builder| {
            extend(builder, BasicConstraints::new().build().expect("an extension"));
            // id-fido-gen-ce-aaguid: an octet string within an octet string
            let oid = Asn1Object::from_str("1.3.6.1.4.1.45724.1.1.4").expect("an object");
            let value = Asn1OctetString::new_from_bytes(&[&[0x04, 0x10], model.as_slice()].concat());
            let extension = X509Extension::new_from_der(&oid, false, &value.expect("a string"));
            extend(builder, extension.expect("an extension"));
        });
        Self {
            authority: String::from_utf8(root.to_pem().expect("a certificate")).expect("text"),
            certificate: leaf.to_der().expect("a certificate"),
            key,
        }
    }

    pub(crate) fn sign(&self, data: &[u8]) -> Vec<u8> {
        signature(&self.key, data)
    }
}

pub(crate) fn signature(key: &PKey<Private>, data: &[u8]) -> Vec<u8> {
    let mut signer = Signer::new(MessageDigest::sha256(), key).expect("a signer");
    signer.sign_oneshot_to_vec(data).expect("a signature")
}

fn key() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).expect("a curve");
    PKey::from_ec_key(EcKey::generate(&group).expect("a key")).expect("a key")
}

fn name(unit: &str, common: &str) -> X509Name {
    let mut name = X509NameBuilder::new().expect("a name");
    for (nid, value) in [
        (Nid::COUNTRYNAME, "SE"),
        (Nid::ORGANIZATIONNAME, "Example Keys"),
        (Nid::ORGANIZATIONALUNITNAME, unit),
        (Nid::COMMONNAME, common),
    ] {
        name.append_entry_by_nid(nid, value).expect("a name");
    }
    name.build()
}

fn extend(builder: &mut X509Builder, extension: X509Extension) {
    builder.append_extension(extension).expect("an extension");
}

fn certificate(
    subject: &X509Name,
    issuer: &X509Name,
    key: &PKey<Private>,
    signer: &PKey<Private>,
    extend: impl FnOnce(&mut X509Builder),
) -> X509 {
    let mut builder = X509Builder::new().expect("a certificate");
    let mut serial = BigNum::new().expect("memory");
    serial.rand(127, MsbOption::MAYBE_ZERO, false).expect("a number");
    builder.set_version(2).expect("a version");
    builder.set_serial_number(&serial.to_asn1_integer().expect("a number")).expect("a number");
    builder.set_subject_name(subject).expect("a subject");
    builder.set_issuer_name(issuer).expect("an issuer");
    builder.set_pubkey(key).expect("a key");
    let (from, until) = (Asn1Time::from_unix(1_500_000_000), Asn1Time::from_unix(4_000_000_000));
    builder.set_not_before(&from.expect("a time")).expect("a time");
    builder.set_not_after(&until.expect("a time")).expect("a time");
    extend(&mut builder);
    builder.sign(signer, MessageDigest::sha256()).expect("a signature");
    builder.build()
}
