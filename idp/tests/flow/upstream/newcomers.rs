//! New accounts of people whom an upstream sends.

use serde_json::json;

use super::{ADA, MAIL, World, leads};
use crate::{
    app::Browser,
    harness::{NOW, PASSWORD},
};

const CREATES: [(&str, &str); 2] = [("upstream.0.accounts", "create"), ("upstream.0.role", "member")];

#[tokio::test]
async fn up4_where_no_accounts_are_made_the_page_says_so_and_a_form_changes_nothing() {
    let world = World::new(&[("upstream.0.trusted_email", "true")]).await;
    let there = world.fresh().await;
    let page = there.arrives().await;
    assert!(page.has("connect-closed") && !page.has("create"), "{}", page.summary());
    let csrf = page.field("csrf");
    let forged = there
        .browser
        .post(format!("{}/connect", there.interaction), &[("csrf", csrf.as_str()), ("decision", "create")])
        .await;
    assert_eq!(leads(&forged).as_deref(), Some(there.interaction.as_str()));
    assert!(world.user(ADA).await.is_none() && !there.browser.is_signed_in().await);
}

#[tokio::test]
async fn up4_without_mail_an_account_is_made_at_once_and_its_address_is_confirmed_only_by_trust() {
    let world = World::new(&CREATES).await;
    let there = world.fresh().await;
    assert!(there.arrives().await.param("code").is_some());
    assert_eq!(world.user(ADA).await.unwrap().email_verified_at, None, "it is not trusted");
    let world = World::new(&CREATES).await;
    world.scratch.account(ADA).await;
    let there = world.fresh().await;
    let page = there.arrives().await;
    let refused = there.browser.send(&page.form("create").press("create")).await;
    assert_eq!(refused.status, 400, "the address has an account: {}", refused.summary());
    assert!(!there.browser.is_signed_in().await);
}

#[tokio::test]
async fn up4_an_upstream_without_an_address_makes_no_account() {
    let world = World::trusted(&[]).await;
    let there = world.fresh().await;
    world.provider.says(&json!({ "email": null }));
    world.provider.tells(json!({ "sub": "subject-1" }));
    let page = there.arrives().await;
    assert!(page.has("connect-closed") && page.has("sign-in"), "{}", page.summary());
}

#[tokio::test]
async fn up4_with_mail_an_address_that_is_not_trusted_is_confirmed_first_and_nothing_tells_whether_it_is_known()
 {
    for known in [false, true] {
        let world = World::new(&[MAIL.as_slice(), CREATES.as_slice()].concat()).await;
        if known {
            world.scratch.account(ADA).await;
        }
        let there = world.fresh().await;
        let page = there.arrives().await;
        let asked = there.browser.send(&page.form("create").press("create")).await;
        let waiting = leads(&asked).as_deref().unwrap().to_owned();
        assert!(waiting.starts_with("/mailed/"), "{waiting}");
        let mails = world.scratch.mails().await;
        let mail = mails.last().unwrap();
        assert_eq!(mail.subject.starts_with("Confirm your e-mail"), !known, "{}", mail.subject);
        assert_eq!(world.user(ADA).await.is_some(), known, "nothing is made before");
        if known {
            continue;
        }
        let code =
            mail.text.lines().find(|line| line.len() == 9 && line.replace(' ', "").parse::<u32>().is_ok());
        let page = there.browser.get(&waiting).await;
        let form = page.form("mailed-submit").with("code", code.unwrap());
        assert_eq!(leads(&there.browser.send(&form).await).as_deref(), Some(there.interaction.as_str()));
        let said = world.id_token(&there.browser.get(&there.interaction).await).await;
        assert_eq!(said["amr"], json!(["fed"]));
        let user = world.user(ADA).await.unwrap();
        assert_eq!((user.email_verified_at, user.password_hash), (Some(NOW), None));
        let again = world.id_token(&world.fresh().await.arrives().await).await;
        assert_eq!(again["sub"], json!(user.id));
    }
}

#[tokio::test]
async fn up7_a_mail_that_takes_a_session_back_takes_the_upstream_account_with_it() {
    let world = World::new(&[MAIL.as_slice(), &[("upstream.0.trusted_email", "true")]].concat()).await;
    world.scratch.account(ADA).await;
    world.confirm(ADA).await;
    Browser::signed_in(&world.scratch, &world.router, ADA).await;
    assert!(world.fresh().await.arrives().await.param("code").is_some());
    let mails = world.scratch.mails().await;
    let mail = mails.iter().rfind(|mail| mail.subject.starts_with("New sign-in")).unwrap();
    let token = mail.text.lines().find_map(|line| line.trim().strip_prefix("http://localhost:7001/link/"));
    let link = format!("/link/{}", token.unwrap());
    let browser = world.browser();
    let page = browser.get(&link).await;
    browser.send(&page.form("link-submit")).await;
    let again = world.fresh().await.arrives().await;
    assert!(again.has("forget"), "the same verified address doesn't bring it back: {}", again.summary());
    let visit = world.scratch.visit(None).await;
    let tried = world.scratch.try_password(&visit, (ADA, PASSWORD)).await.unwrap();
    assert!(matches!(tried, idp::flow::sign_in::Outcome::Wrong));
}

#[tokio::test]
async fn up4_the_page_for_a_new_account_has_the_buttons_too() {
    let world = World::new(&[("registration.open", "true"), ("registration.role", "member")]).await;
    let browser: Browser = world.browser();
    let interaction = browser.interaction("app", &[("prompt", "create")]).await;
    let page = browser.get(&interaction).await;
    assert!(page.has("register-submit") && page.has("upstream-up"));
    let there = world.goes(browser, &[("prompt", "create")]).await;
    assert!(there.arrives().await.param("code").is_some(), "open registration makes accounts by default");
}
