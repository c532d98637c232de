//! Mails leave: through a mail server, a program, or into a folder (L4).

use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::Arc, time::Duration};

use database::{record, sql};
use idp::{
    flow::outbox::{
        self,
        mail::{About, put},
    },
    mail::Mail,
    realm::Realm,
};
use runtime::shutdown::Shutdown;
use testbed::Smtp;

use crate::{app::realm_with, harness::Scratch};

const ABOUT: About<'_> = About { user_id: "", life_seconds: 7200, is_awaited: true };

/// A realm whose mails leave like this: further keys and values.
async fn realm(way_out: &[(&str, &str)]) -> Scratch {
    realm_with(&[&[("mail.from", "Test Shop <no-reply@id.example>")], way_out].concat()).await
}

/// A realm that sends through that server.
async fn through(smtp: &Smtp, address: &str) -> Scratch {
    let ca = smtp.authority();
    let ca = ca.to_str().unwrap();
    let address =
        address.replace("STARTTLS", &smtp.starttls().to_string()).replace("TLS", &smtp.tls().to_string());
    realm(&[("mail.smtp", &address), ("mail.smtp_password", Smtp::PASSWORD), ("network.ca_file", ca)]).await
}

fn mail_to(address: &str) -> Mail {
    Mail {
        to: address.to_owned(),
        subject: "Grüße – Test Shop".to_owned(),
        text: "A text with ä, and a line\n.\nthat is a dot.\n".to_owned(),
        html: "<p>A text with ä.</p>".to_owned(),
    }
}

async fn enqueue(realm: &Realm, address: &str) {
    let mut tx = realm.store.facts.begin().await.unwrap();
    put(realm, &mut tx, &mail_to(address), ABOUT).await.unwrap();
    tx.commit().await.unwrap();
}

/// The outcome, the number of tries and the time of the next one of the only mail.
async fn state(realm: &Realm) -> (Option<String>, i64, i64) {
    record! { struct Row { outcome: Option<String>, attempts: i64, next_at: i64 } }
    let row: Row =
        sql("SELECT outcome, attempts, next_at FROM outbox").one(&realm.store.facts).await.unwrap();
    (row.outcome, row.attempts, row.next_at)
}

/// Runs the job until the only mail was tried so often, or is over.
async fn run_until(realm: &Arc<Realm>, tries: i64) -> (Option<String>, i64, i64) {
    let shutdown = Shutdown::new();
    let job = tokio::spawn(outbox::run(realm.clone(), shutdown));
    for _ in 0..600 {
        let (outcome, attempts, next_at) = state(realm).await;
        // a try that is under way has a lease of three minutes
        if outcome.is_some() || (attempts >= tries && next_at != realm.now() + 180) {
            job.abort();
            return (outcome, attempts, next_at);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing was sent: {:?}", state(realm).await)
}

fn outcome_of(state: &(Option<String>, i64, i64)) -> Option<&str> {
    state.0.as_deref()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l4_a_mail_server_gets_a_mail_with_tls_and_a_login() {
    let smtp = Smtp::start();
    for (count, address) in [(1, "smtp://realm@localhost:STARTTLS"), (2, "smtps://realm@localhost:TLS")] {
        let scratch = through(&smtp, address).await;
        enqueue(&scratch.realm, "ada@example.com").await;
        let state = run_until(&scratch.realm, 1).await;
        assert_eq!(outcome_of(&state), Some("delivered"), "{address}");
        let received = smtp.received();
        assert_eq!(received.len(), count);
        let mail = &received[count - 1];
        for said in [
            "From: \"Test Shop\" <no-reply@id.example>",
            "To: ada@example.com",
            "Auto-Submitted: auto-generated",
            "multipart/alternative",
            "Message-ID: <",
            "Date: Fri, 15 Jan 2027 08:00:00 +0000",
        ] {
            assert!(mail.contains(said), "{said}: {mail}");
        }
        assert!(!mail.contains("Grüße") && mail.contains("=?utf-8?"), "headers are ASCII: {mail}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l4_a_refused_reader_is_given_up_at_once_and_a_busy_server_is_asked_again() {
    let smtp = Smtp::start();
    let scratch = through(&smtp, "smtp://realm@localhost:STARTTLS").await;
    enqueue(&scratch.realm, "refused@example.com").await;
    let state = run_until(&scratch.realm, 1).await;
    assert_eq!((outcome_of(&state), state.1), (Some("refused"), 1));

    let scratch = through(&smtp, "smtp://realm@localhost:STARTTLS").await;
    enqueue(&scratch.realm, "later@example.com").await;
    let state = run_until(&scratch.realm, 1).await;
    assert_eq!(state, (None, 1, scratch.realm.now() + 5));
    scratch.clock.advance(5);
    let state = run_until(&scratch.realm, 2).await;
    assert_eq!(state, (None, 2, scratch.realm.now() + 15));
    scratch.clock.advance(7200);
    let state = run_until(&scratch.realm, 3).await;
    assert_eq!(outcome_of(&state), Some("late"), "nobody wants it any more");
    assert!(smtp.received().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn e6_a_server_with_another_name_authority_or_password_gets_nothing() {
    let smtp = Smtp::start();
    let ca = smtp.authority();
    let ca = ca.to_str().unwrap();
    let (starttls, tls) = (smtp.starttls(), smtp.tls());
    let right = ("mail.smtp_password", Smtp::PASSWORD);
    for keys in [
        // the certificate is for `localhost`
        [
            ("mail.smtp", format!("smtp://realm@127.0.0.1:{starttls}")),
            (right.0, right.1.to_owned()),
            ("network.ca_file", ca.to_owned()),
        ],
        [
            ("mail.smtp", format!("smtps://realm@127.0.0.1:{tls}")),
            (right.0, right.1.to_owned()),
            ("network.ca_file", ca.to_owned()),
        ],
        // an authority that the realm does not know
        [
            ("mail.smtp", format!("smtps://realm@localhost:{tls}")),
            (right.0, right.1.to_owned()),
            ("product", "Test".to_owned()),
        ],
        [
            ("mail.smtp", format!("smtp://realm@localhost:{starttls}")),
            ("mail.smtp_password", "rather-than-that-one-9".to_owned()),
            ("network.ca_file", ca.to_owned()),
        ],
        // no TLS there
        [
            ("mail.smtp", format!("smtp-plain://realm@localhost:{starttls}")),
            (right.0, right.1.to_owned()),
            ("product", "Test".to_owned()),
        ],
    ] {
        let keys = keys.each_ref().map(|(key, value)| (*key, value.as_str()));
        let scratch = realm(&keys).await;
        enqueue(&scratch.realm, "ada@example.com").await;
        let state = run_until(&scratch.realm, 1).await;
        assert_eq!(outcome_of(&state), None, "an operator may mend it: {keys:?}");
    }
    assert!(smtp.received().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l4_a_server_that_is_away_gets_the_mail_later() {
    let smtp = Smtp::start();
    let port = smtp.starttls();
    let address = format!("smtp://realm@localhost:{port}");
    let scratch = through(&smtp, &address).await;
    drop(smtp);
    enqueue(&scratch.realm, "ada@example.com").await;
    let state = run_until(&scratch.realm, 1).await;
    assert_eq!(state, (None, 1, scratch.realm.now() + 5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l4_a_program_gets_a_mail_on_its_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let (program, kept) = (folder.path().join("sendmail"), folder.path().join("kept"));
    let script = format!("#!/bin/sh\n{{ echo \"$@\"; cat; }} > {}\n", kept.display());
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let scratch = realm(&[("mail.command", program.to_str().unwrap())]).await;
    enqueue(&scratch.realm, "ada@example.com").await;
    let state = run_until(&scratch.realm, 1).await;
    assert_eq!(outcome_of(&state), Some("delivered"));
    let kept = fs::read_to_string(&kept).unwrap();
    assert!(kept.lines().next().unwrap().contains("ada@example.com"), "{kept}");
    assert!(kept.contains("multipart/alternative"), "{kept}");

    let missing = realm(&[("mail.command", "/nowhere/sendmail")]).await;
    enqueue(&missing.realm, "ada@example.com").await;
    let state = run_until(&missing.realm, 1).await;
    assert_eq!(state.0, None, "it may be there the next time");
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l4_a_folder_gets_a_file_a_mail_and_nobody_else_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let mails = folder.path().join("a/mail");
    let scratch = realm(&[("mail.folder", mails.to_str().unwrap())]).await;
    enqueue(&scratch.realm, "ada@example.com").await;
    let state = run_until(&scratch.realm, 1).await;
    assert_eq!((outcome_of(&state), files(&mails)), (Some("delivered"), 1));
    assert_eq!(fs::metadata(&mails).unwrap().permissions().mode() & 0o077, 0);
}

#[tokio::test]
async fn p10_a_mail_waits_sealed_and_opens_with_the_previous_key() {
    let scratch = realm(&[("mail.command", "/usr/sbin/sendmail")]).await;
    enqueue(&scratch.realm, "ada@example.com").await;
    record! { struct Row { message: String } }
    let row: Row = sql("SELECT message FROM outbox").one(&scratch.realm.store.facts).await.unwrap();
    assert!(!row.message.contains("ada@example.com") && !row.message.contains("text"));
    let rotated = [
        ("secrets.previous_key_encryption_key", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq"),
        ("secrets.key_encryption_key", "9Yp0dJmZt2VbW7sLk8nHe5TqoO4cQ1yAqX"),
    ];
    let after = scratch.changed(&rotated).await;
    assert!(after.secrets.sealing.open(&row.message, "mail").is_some());
}
