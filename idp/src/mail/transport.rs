//! The way out for mails.

use std::{
    fs::DirBuilder,
    os::unix::fs::DirBuilderExt as _,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use anyhow::{Context as _, anyhow};
use lettre::{
    AsyncFileTransport, AsyncSendmailTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        self,
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        response::{Category, Severity},
    },
};
use secrecy::{ExposeSecret as _, SecretString};

use super::Mail;

/// How long one try may take. The outbox lets nobody else try the same mail meanwhile.
const TIME_OUT: Duration = Duration::from_mins(2);

/// Where a realm's mails go.
#[derive(Debug, Clone)]
pub enum WayOut {
    /// To a mail server.
    Server(MailServer),
    /// To the standard input of a program that takes the arguments of `sendmail`.
    Command(PathBuf),
    /// Into a folder, one file a mail: for trials.
    Folder(PathBuf),
}

/// A mail server.
#[derive(Debug, Clone)]
pub struct MailServer {
    /// Its name, which its certificate has to have.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The user's name and password there, if it asks for one.
    pub login: Option<(String, SecretString)>,
    /// A PEM file of a further certificate authority.
    pub ca_file: Option<PathBuf>,
}

/// How the connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (RFC 8314 section 3.3).
    Tls,
    /// `STARTTLS` before anything else, and nothing without it (RFC 3207).
    StartTls,
    /// None: on this machine only.
    Plain,
}

/// Sends a realm's mails.
#[derive(Debug)]
pub struct Mailer {
    from: Mailbox,
    transport: Transport,
}

#[derive(Debug)]
enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Command(AsyncSendmailTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

/// Why a mail could not be sent.
#[derive(Debug)]
pub struct SendError {
    /// What happened. It names no reader.
    pub error: anyhow::Error,
    /// Whether trying again is of no use.
    pub is_lasting: bool,
}

impl SendError {
    fn lasting(error: impl Into<anyhow::Error>) -> Self {
        Self { error: error.into(), is_lasting: true }
    }

    fn passing(error: impl Into<anyhow::Error>) -> Self {
        Self { error: error.into(), is_lasting: false }
    }
}

impl Mailer {
    /// Prepares the way out. Nothing is connected yet.
    ///
    /// # Errors
    /// When the folder can't be made, or the certificate authority can't be read.
    pub fn new(from: Mailbox, way_out: &WayOut) -> anyhow::Result<Self> {
        let transport = match way_out {
            WayOut::Server(server) => Transport::Smtp(connector(server)?),
            WayOut::Command(path) => {
                Transport::Command(AsyncSendmailTransport::new_with_command(path.clone()))
            }
            WayOut::Folder(path) => {
                // the mails let their readers in: nobody else may read them
                let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
                made.with_context(|| format!("the folder for mails: {}", path.display()))?;
                Transport::Folder(AsyncFileTransport::new(path))
            }
        };
        Ok(Self { from, transport })
    }

    /// Sends a mail. `id` is the same for each try of the same mail, so that a mail program shows it once.
    pub async fn send(&self, id: &str, mail: &Mail, now: i64) -> Result<(), SendError> {
        let message = self.message(id, mail, now).map_err(SendError::lasting)?;
        let sent = async {
            match &self.transport {
                Transport::Smtp(smtp) => smtp.send(message).await.map(drop).map_err(refused),
                Transport::Command(command) => command.send(message).await.map_err(SendError::passing),
                Transport::Folder(folder) => folder.send(message).await.map(drop).map_err(SendError::passing),
            }
        };
        match tokio::time::timeout(TIME_OUT, sent).await {
            Ok(sent) => sent,
            Err(_) => Err(SendError::passing(anyhow!("no answer within {} s", TIME_OUT.as_secs()))),
        }
    }

    fn message(&self, id: &str, mail: &Mail, now: i64) -> anyhow::Result<Message> {
        let seconds = Duration::from_secs(u64::try_from(now).unwrap_or_default());
        // RFC 3834 section 5: programs that answer mails leave this one alone
        let automatic =
            HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let to = ascii_domain(&mail.to).and_then(|address| address.parse().ok());
        let to = Mailbox::new(None, to.ok_or_else(|| anyhow!("the reader's address is none"))?);
        Ok(Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject.as_str())
            .date(SystemTime::UNIX_EPOCH + seconds)
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .raw_header(automatic)
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))?)
    }
}

/// The address with its domain as every mail server knows it (RFC 5891).
fn ascii_domain(address: &str) -> Option<String> {
    let (mailbox, domain) = address.rsplit_once('@')?;
    let domain = url::Host::parse(domain).ok()?;
    Some(format!("{mailbox}@{domain}"))
}

/// Why a mail server did not take a mail. Only what it says about the mail itself lasts (RFC 5321 section 4.2.1: the
/// second digit is 5). A login that it refuses is the operator's to mend, and then the mail can go.
fn refused(error: smtp::Error) -> SendError {
    let Some(code) = error.status() else { return SendError::passing(error) };
    let is_lasting =
        code.severity == Severity::PermanentNegativeCompletion && code.category == Category::MailSystem;
    // the rest of the answer may quote the reader's address
    SendError { error: anyhow!("the mail server answered {code}"), is_lasting }
}

fn connector(server: &MailServer) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let tls = match server.security {
        Security::Tls => Tls::Wrapper(trust(server)?),
        Security::StartTls => Tls::Required(trust(server)?),
        Security::Plain => Tls::None,
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
        .port(server.port)
        .tls(tls)
        .timeout(Some(TIME_OUT));
    if let Some((user, password)) = &server.login {
        builder = builder.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
    }
    Ok(builder.build())
}

/// Whom the server's certificate has to be from: the roots shipped with the program, or the operator's own authority.
fn trust(server: &MailServer) -> anyhow::Result<TlsParameters> {
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(path) = &server.ca_file {
        let pem = std::fs::read(path).with_context(|| path.display().to_string())?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem)?);
    }
    Ok(builder.build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_every_mail_server_knows_it() {
        for (written, known) in [
            ("ada@example.com", Some("ada@example.com")),
            ("ada@B\u{fc}cher.example", Some("ada@xn--bcher-kva.example")),
            ("\"a@b\"@example.com", Some("\"a@b\"@example.com")),
            ("ada", None),
            ("ada@", None),
        ] {
            assert_eq!(ascii_domain(written).as_deref(), known, "{written}");
        }
    }
}
