//! `[mail]` of a realm file.

use std::path::PathBuf;

use lettre::message::Mailbox;
use settings::{Reader, is_loopback};
use url::{Host, Url};

use crate::mail::{MailServer, Security, WayOut};

/// How a realm sends mail.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// The sender that people see.
    pub from: Mailbox,
    /// Where mails go.
    pub way_out: WayOut,
    /// Whether people may sign in by a mail alone.
    pub sign_in: bool,
}

/// Reads the table; `None` when the realm sends no mail.
pub(super) fn read(reader: &Reader<'_>, is_public: bool, staff: bool) -> Option<MailConfig> {
    let table = reader.table("mail");
    let sign_in = table.flag("sign_in");
    let sending = sending(reader, &table, is_public);
    if sign_in && staff {
        table.mistake("sign_in", "must be false in a realm for staff");
    } else if sign_in && sending.is_none() {
        table.mistake("sign_in", "must be false in a realm that has no way to send mail");
    }
    sending.map(|(from, way_out)| MailConfig { from, way_out, sign_in })
}

/// The sender and the way out.
fn sending(reader: &Reader<'_>, table: &Reader<'_>, is_public: bool) -> Option<(Mailbox, WayOut)> {
    let from = table.opt_text("from");
    let (server, command, folder) =
        (table.opt_text("smtp"), table.opt_path("command"), table.opt_path("folder"));
    let password = table.opt_secret("smtp_password", 1);
    let ca_file = reader.table("network").opt_path("ca_file");
    if !table.flag("enabled") {
        return None;
    }
    if server.is_some() && command.is_some() {
        table.mistake("smtp", "give either smtp or command");
        return None;
    }
    if is_public && folder.is_some() && server.is_none() && command.is_none() {
        table.warning("folder", "mails stay in this folder: give smtp or command, so that people get them");
    }
    let way_out = match (server, command, folder) {
        (Some(url), ..) => {
            let server = mail_server(&url).map(|(server, user)| MailServer {
                login: user.clone().zip(password.clone()),
                ca_file,
                ..server
            });
            match server {
                Ok(server) if server.login.is_none() && url.contains('@') => {
                    table.mistake("smtp_password", "missing: the address of the mail server names a user");
                    None
                }
                Ok(server) => Some(WayOut::Server(server)),
                Err(message) => {
                    table.mistake("smtp", message);
                    None
                }
            }
        }
        (None, Some(path), _) => Some(WayOut::Command(path)),
        (None, None, Some(path)) => Some(WayOut::Folder(path)),
        (None, None, None) => None,
    };
    match (from.as_deref().map(str::parse::<Mailbox>), way_out) {
        (Some(Ok(from)), Some(way_out)) => Some((from, way_out)),
        (Some(Err(_)), _) => {
            table.mistake("from", "must be like \"Example Shop <no-reply@shop.example.com>\"");
            None
        }
        (None, Some(_)) => {
            table.mistake("from", "missing: the sender that people see");
            None
        }
        (_, None) => None,
    }
}

const EXPECTED: &str = "must be like \"smtps://user@mail.example.com\" (TLS, port 465) or \"smtp://user@mail.example.com\" \
     (STARTTLS, port 587), or \"smtp-plain://localhost\" on this machine";

/// The server of an address, and the user's name in it.
fn mail_server(text: &str) -> Result<(MailServer, Option<String>), &'static str> {
    let url = Url::parse(text).map_err(|_| EXPECTED)?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(EXPECTED)?;
    let is_here = is_loopback(&Host::parse(host).map_err(|_| EXPECTED)?);
    let (security, port) = match url.scheme() {
        "smtps" => (Security::Tls, 465),
        "smtp" => (Security::StartTls, 587),
        "smtp-plain" if is_here => (Security::Plain, 25),
        "smtp-plain" => return Err("goes over the network without TLS: use \"smtps://\" or \"smtp://\""),
        _ => return Err(EXPECTED),
    };
    if url.password().is_some() {
        return Err("has a password in it: put that into smtp_password_file");
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(EXPECTED);
    }
    let user = Some(url.username()).filter(|user| !user.is_empty());
    let user = user.map(|user| {
        let pairs = format!("u={}", user.replace('+', "%2B"));
        url::form_urlencoded::parse(pairs.as_bytes()).map(|(_, user)| user.into_owned()).collect()
    });
    let server = MailServer {
        host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
        port: url.port().unwrap_or(port),
        security,
        login: None,
        ca_file: None::<PathBuf>,
    };
    Ok((server, user))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_has_tls_unless_it_is_on_this_machine() {
        for (text, expected) in [
            ("smtps://mail.example.com", Some(("mail.example.com", 465, Security::Tls))),
            ("smtp://mail.example.com", Some(("mail.example.com", 587, Security::StartTls))),
            ("smtp://mail.example.com:2525", Some(("mail.example.com", 2525, Security::StartTls))),
            ("smtp-plain://localhost:2525", Some(("localhost", 2525, Security::Plain))),
            ("smtp-plain://[::1]:2525", Some(("::1", 2525, Security::Plain))),
            ("smtp-plain://127.0.0.1", Some(("127.0.0.1", 25, Security::Plain))),
            ("smtp-plain://mail.example.com", None),
            ("https://mail.example.com", None),
            ("smtp://user:secret@mail.example.com", None),
            ("smtp://mail.example.com/inbox", None),
            ("mail.example.com:25", None),
            ("smtp://", None),
        ] {
            let read = mail_server(text).ok();
            let read = read.as_ref().map(|(server, _)| (server.host.as_str(), server.port, server.security));
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn a_users_name_may_be_an_address() {
        let user = |text| mail_server(text).ok().and_then(|(_, user)| user);
        assert_eq!(
            user("smtp://no-reply%40example.com@mail.example.com").as_deref(),
            Some("no-reply@example.com")
        );
        assert_eq!(user("smtp://a+b@mail.example.com").as_deref(), Some("a+b"));
        assert_eq!(user("smtp://mail.example.com"), None);
    }
}
