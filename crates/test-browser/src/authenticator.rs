//! An authenticator in software, which holds one passkey (Web Authentication Level 3). It does what real ones never do
//! when a test tells it to: everything that it says can be changed before it is signed.

#![expect(clippy::indexing_slicing, reason = "options that lack a member fail the test")]

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use openssl::{
    bn::{BigNum, BigNumContext},
    ec::{EcGroup, EcKey},
    nid::Nid,
    pkey::{PKey, Private},
    sha::sha256,
};
use serde_json::{Value, json};

use crate::attestation::{MODEL, Maker, signature};

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const BACKUP_ELIGIBLE: u8 = 0x08;
const BACKED_UP: u8 = 0x10;
const HAS_KEY: u8 = 0x40;

/// A passkey and the browser around it.
#[derive(Debug)]
pub struct Authenticator {
    key: EcKey<Private>,
    /// The credential's id.
    pub id: Vec<u8>,
    /// The user handle, known once a passkey was made.
    pub user: Vec<u8>,
    /// The counter; it goes up with every use, unless it is 0.
    pub counter: u32,
    /// Whether the passkey can exist on several devices.
    pub synced: bool,
    origin: String,
}

/// What the authenticator and its browser are about to say.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent flags of the specification")]
pub struct Statement {
    /// `type` of the client data.
    pub kind: String,
    /// `challenge` of the client data, base64url.
    pub challenge: String,
    /// `origin` of the client data.
    pub origin: String,
    /// `crossOrigin` of the client data.
    pub cross_origin: bool,
    /// `topOrigin` of the client data.
    pub top_origin: Option<String>,
    /// What the hash in the authenticator data is of.
    pub rp_id: String,
    /// Whether somebody touched the authenticator.
    pub present: bool,
    /// Whether it verified its user.
    pub verified: bool,
    /// Whether the passkey can be copied.
    pub backup_eligible: bool,
    /// Whether it was copied.
    pub backed_up: bool,
    /// The counter.
    pub counter: u32,
    /// The credential's id.
    pub id: Vec<u8>,
    /// The user handle of the answer.
    pub user: Option<Vec<u8>>,
    /// The algorithm that the key claims to have (COSE).
    pub algorithm: i8,
    /// The model that it says to be (AAGUID).
    pub model: [u8; 16],
    /// The format of the attestation.
    pub format: String,
    /// By whose key the attestation is signed.
    pub attested_by: AttestedBy,
    /// Bytes after the end of the attestation object.
    pub tail: Vec<u8>,
    /// Whether the signature is destroyed.
    pub forged: bool,
}

/// By whose key an attestation is signed.
#[derive(Debug, Clone)]
pub enum AttestedBy {
    /// It has no signature.
    Nobody,
    /// The passkey's own: such an attestation proves nothing.
    Itself,
    /// The one of its maker.
    Maker(Box<Maker>),
}

impl Statement {
    /// Says to be a model of that maker, and proves it.
    pub fn attest(&mut self, maker: &Maker) {
        self.model = MODEL;
        "packed".clone_into(&mut self.format);
        self.attested_by = AttestedBy::Maker(Box::new(maker.clone()));
    }
}

impl Authenticator {
    /// An authenticator in a browser that shows pages of this origin.
    ///
    /// # Panics
    /// When there is no key: a test can't go on then.
    pub fn new(origin: &str) -> Self {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).expect("a curve");
        let key = EcKey::generate(&group).expect("a key");
        let mut authenticator = Self {
            key,
            id: Vec::new(),
            user: Vec::new(),
            counter: 1,
            synced: false,
            origin: origin.to_owned(),
        };
        authenticator.id = sha256(&authenticator.public()).to_vec();
        authenticator
    }

    /// The answer to `navigator.credentials.create`, as JSON.
    ///
    /// # Panics
    /// When the options are none.
    pub fn create(&mut self, options: &str) -> String {
        self.create_saying(options, |_| {})
    }

    /// As [`Authenticator::create`], with something changed.
    ///
    /// # Panics
    /// When the options are none.
    pub fn create_saying(&mut self, options: &str, change: impl FnOnce(&mut Statement)) -> String {
        let options: Value = serde_json::from_str(options).expect("options");
        self.user = decoded(&options["user"]["id"]);
        let mut statement = self.statement("webauthn.create", &options, &options["rp"]["id"]);
        change(&mut statement);
        let data = self.data(&statement, true);
        let mut object = vec![0xa3];
        text(&mut object, "fmt");
        text(&mut object, &statement.format);
        text(&mut object, "attStmt");
        self.attestation(&mut object, &statement, &data);
        text(&mut object, "authData");
        bytes(&mut object, &data);
        object.extend(&statement.tail);
        let id = encoded(&statement.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "extensions": {},
            "response": {
                "clientDataJSON": encoded(client_data(&statement).as_bytes()),
                "attestationObject": encoded(&object),
                "authenticatorData": encoded(&data),
                "transports": ["internal"],
            },
        })
        .to_string()
    }

    /// The answer to `navigator.credentials.get`, as JSON.
    ///
    /// # Panics
    /// When the options are none.
    pub fn get(&mut self, options: &str) -> String {
        self.get_saying(options, |_| {})
    }

    /// As [`Authenticator::get`], with something changed.
    ///
    /// # Panics
    /// When the options are none.
    pub fn get_saying(&mut self, options: &str, change: impl FnOnce(&mut Statement)) -> String {
        let options: Value = serde_json::from_str(options).expect("options");
        if self.counter > 0 {
            self.counter += 1;
        }
        let mut statement = self.statement("webauthn.get", &options, &options["rpId"]);
        change(&mut statement);
        let (data, client) = (self.data(&statement, false), client_data(&statement));
        let signed = [data.as_slice(), &sha256(client.as_bytes())].concat();
        let signature = forged(signature(&self.private(), &signed), statement.forged);
        let id = encoded(&statement.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "extensions": {},
            "response": {
                "clientDataJSON": encoded(client.as_bytes()),
                "authenticatorData": encoded(&data),
                "signature": encoded(&signature),
                "userHandle": statement.user.as_deref().map(encoded),
            },
        })
        .to_string()
    }

    fn private(&self) -> PKey<Private> {
        PKey::from_ec_key(self.key.clone()).expect("a key")
    }

    /// The attestation statement: an empty one, or of the form `packed` (section 8.2).
    fn attestation(&self, object: &mut Vec<u8>, statement: &Statement, data: &[u8]) {
        let signed = [data, &sha256(client_data(statement).as_bytes())].concat();
        let (signature, certificate) = match &statement.attested_by {
            AttestedBy::Nobody => return object.push(0xa0),
            AttestedBy::Itself => (signature(&self.private(), &signed), None),
            AttestedBy::Maker(maker) => (maker.sign(&signed), Some(&maker.certificate)),
        };
        object.push(if certificate.is_some() { 0xa3 } else { 0xa2 });
        text(object, "alg");
        object.push(0x26);
        text(object, "sig");
        bytes(object, &forged(signature, statement.forged));
        if let Some(certificate) = certificate {
            text(object, "x5c");
            object.push(0x81);
            bytes(object, certificate);
        }
    }

    fn statement(&self, kind: &str, options: &Value, rp_id: &Value) -> Statement {
        Statement {
            kind: kind.to_owned(),
            challenge: options["challenge"].as_str().expect("a challenge").to_owned(),
            origin: self.origin.clone(),
            cross_origin: false,
            top_origin: None,
            rp_id: rp_id.as_str().expect("the id of a relying party").to_owned(),
            present: true,
            verified: true,
            backup_eligible: self.synced,
            backed_up: self.synced,
            counter: self.counter,
            id: self.id.clone(),
            user: Some(self.user.clone()),
            algorithm: -7,
            model: [0; 16],
            format: "none".to_owned(),
            attested_by: AttestedBy::Nobody,
            tail: Vec::new(),
            forged: false,
        }
    }

    /// The authenticator data (section 6.1), with the public key at a registration.
    fn data(&self, statement: &Statement, with_key: bool) -> Vec<u8> {
        let flags = [
            (statement.present, USER_PRESENT),
            (statement.verified, USER_VERIFIED),
            (statement.backup_eligible, BACKUP_ELIGIBLE),
            (statement.backed_up, BACKED_UP),
            (with_key, HAS_KEY),
        ];
        let flags = flags.iter().filter(|(set, _)| *set).fold(0, |flags, (_, flag)| flags | flag);
        let mut data = sha256(statement.rp_id.as_bytes()).to_vec();
        data.push(flags);
        data.extend(statement.counter.to_be_bytes());
        if with_key {
            data.extend(statement.model);
            data.extend(u16::try_from(statement.id.len()).expect("a short id").to_be_bytes());
            data.extend(&statement.id);
            let (x, y) = self.point();
            data.extend([
                0xa5,
                0x01,
                0x02,
                0x03,
                (-1 - statement.algorithm).cast_unsigned() | 0x20,
                0x20,
                0x01,
            ]);
            data.push(0x21);
            bytes(&mut data, &x);
            data.push(0x22);
            bytes(&mut data, &y);
        }
        data
    }

    fn public(&self) -> Vec<u8> {
        let (x, y) = self.point();
        [x, y].concat()
    }

    fn point(&self) -> (Vec<u8>, Vec<u8>) {
        let mut context = BigNumContext::new().expect("memory");
        let (mut x, mut y) = (BigNum::new().expect("memory"), BigNum::new().expect("memory"));
        let point = self.key.public_key();
        point.affine_coordinates(self.key.group(), &mut x, &mut y, &mut context).expect("a point");
        (x.to_vec_padded(32).expect("32 bytes"), y.to_vec_padded(32).expect("32 bytes"))
    }
}

/// The signature, destroyed if that is wanted: r and s stay numbers of the same length.
fn forged(mut signature: Vec<u8>, is_forged: bool) -> Vec<u8> {
    for byte in signature.iter_mut().rev().take(if is_forged { 8 } else { 0 }) {
        *byte ^= 0x55;
    }
    signature
}

fn client_data(statement: &Statement) -> String {
    let mut data = json!({
        "type": statement.kind, "challenge": statement.challenge,
        "origin": statement.origin, "crossOrigin": statement.cross_origin,
    });
    if let Some(top) = &statement.top_origin {
        data["topOrigin"] = top.as_str().into();
    }
    data.to_string()
}

/// A text string in CBOR.
fn text(to: &mut Vec<u8>, text: &str) {
    to.push(0x60 | u8::try_from(text.len()).expect("a short text"));
    to.extend(text.as_bytes());
}

/// A byte string in CBOR.
fn bytes(to: &mut Vec<u8>, bytes: &[u8]) {
    to.push(0x59);
    to.extend(u16::try_from(bytes.len()).expect("a short string").to_be_bytes());
    to.extend(bytes);
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().expect("base64url")).expect("base64url")
}
