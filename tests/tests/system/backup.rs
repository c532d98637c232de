//! Backup and restore, as an operator does them (P10, H14).

use std::process::Command;

use end_to_end::{
    Program, System,
    people::{check_out, enter_shop, fill_cart, sign_in},
};

use crate::support::FULL;

#[tokio::test]
async fn p10_o18_after_a_restore_people_sign_in_again_and_nothing_used_since_the_backup_lives_again() {
    let mut program = Program::start().await;
    let (browser, client) = (program.browser(), program.client("customer").await);
    let (email, password) = program.demo();
    let page = browser.visit(client.authorize(&[("scope", FULL)]).url.as_str()).await;
    sign_in(&browser, &page, (&email, &password)).await;
    let first = client.tokens(&browser, FULL).await;
    let (attempt, code) = client.code(&browser, &[("scope", FULL)]).await;
    let file = program.data().join("customer.backup");
    let (done, reported) = program.operate(&format!("backup --realm customer {}", file.display()));
    assert!(done, "a backup is made while the realm is served: {reported}");
    // after the backup: the refresh token and the code are used
    let second = client.refresh(first.refresh_token()).await.ok();
    client.redeem(&attempt, &code).await.ok();

    program.kill();
    let restore = format!("restore --realm customer {}", file.display());
    let (done, reported) = program.operate(&restore);
    assert!(!done && reported.contains("--replace"), "{reported}");
    let (done, reported) = program.operate(&format!("{restore} --replace"));
    assert!(done, "{reported}");
    let (done, reported) = program.operate(&restore.replace("customer ", "admin "));
    assert!(!done && reported.contains("of realm `customer`"), "{reported}");
    program.kill_and_restart();

    client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
    for tokens in [&first, &second] {
        client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
        assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
    }
    let attempt = client.authorize(&[("scope", FULL)]);
    let page = browser.visit(attempt.url.as_str()).await;
    assert!(page.has("login-submit"), "the session is over: {}", page.summary());
    let page = sign_in(&browser, &page, (&email, &password)).await;
    let tokens = client.redeem(&attempt, &page.code()).await.ok();
    client.userinfo(tokens.access_token()).await.ok();
}

/// What `docs/operations.md` says for the databases of the two APIs.
#[tokio::test]
async fn p10_the_shop_is_backed_up_by_the_means_of_its_database_while_it_is_served() {
    let mut system = System::start().await;
    let browser = system.browser();
    enter_shop(&system, &browser).await;
    fill_cart(&system, &browser).await;
    assert!(check_out(&system, &browser).await.has("order-reference"));
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("commerce.backup");
    if let Some(url) = system.database_of("shop-api") {
        let schema = url.rsplit_once("//").unwrap().1.split(':').next().unwrap().to_owned();
        run(Command::new("pg_dump")
            .args(["--format=custom", "--schema", &schema, "--file"])
            .arg(&copy)
            .arg(&url));
        system.stop().await;
        run(Command::new("pg_restore")
            .args(["--clean", "--if-exists", "--single-transaction", "--no-owner"])
            .args(["--schema", &schema, "--dbname", &url])
            .arg(&copy));
    } else {
        let database = system.data().join("commerce.db");
        run(Command::new("sqlite3").arg(&database).arg(format!("VACUUM INTO '{}'", copy.display())));
        system.stop().await;
        for companion in ["commerce.db-wal", "commerce.db-shm"] {
            let _ = std::fs::remove_file(system.data().join(companion));
        }
        std::fs::copy(&copy, &database).unwrap();
    }
    system.start_again().await;
    let page = browser.visit(format!("{}/orders", system.urls.storefront)).await;
    assert!(page.body.contains("/orders/"), "the order is there: {}", page.summary());
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
