//! Both secrets of a realm change while two replicas are at work (P10, K12), in the order that `docs/operations.md` has
//! for several: each replica knows the new ones before one of them uses them.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use clock::{Clock, SystemClock};
use end_to_end::{
    Browser, Cluster, RelyingParty, Witness,
    people::{PASSWORD, code, recovery_codes_on, register, seed_on, sign_in},
    relying_party::JsonAnswer,
    secret_file,
};
use tempfile::TempDir;

use crate::support::{CLIENTS, cluster_with, eventually};

const SCOPE: &str = "openid profile email offline_access orders";
/// The variables of the files, and what is in them: the old secret, the new one, and one that nothing was made with,
/// which is as good as none.
const CURRENT: [(&str, [&str; 3]); 2] = [
    (
        "KEY_ENCRYPTION_KEY",
        [
            "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq",
            "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJm",
            "p0dJmZt2VbW7oO4cQ1yAqX9YsLk8nHe5Tq",
        ],
    ),
    (
        "PEPPER",
        [
            "Zt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJmRw",
            "mRwZt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJ",
            "He5oO4cQ1yAqX9Yp0dJmRwZt2VbW7sLk8n",
        ],
    ),
];
const OLD: usize = 0;
const NEW: usize = 1;
const NONE: usize = 2;

/// The files that both replicas read when they start.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        let files = Self(tempfile::tempdir().unwrap());
        files.say(OLD, NONE);
        files
    }

    /// Which secrets are the current and the previous ones from the next start of a replica on.
    fn say(&self, current: usize, previous: usize) {
        for (name, values) in CURRENT {
            for (file, which) in [(name.to_owned(), current), (format!("PREVIOUS_{name}"), previous)] {
                secret_file::write(self.0.path(), &file, values[which]);
            }
        }
    }

    fn variables(&self) -> Vec<(String, String)> {
        let names = CURRENT.iter().flat_map(|(name, _)| [(*name).to_owned(), format!("PREVIOUS_{name}")]);
        let variable = |name: String| {
            let path = self.0.path().join(&name).display().to_string();
            (format!("REALMKEEP_CUSTOMER__SECRETS__{name}_FILE"), path)
        };
        names.map(variable).collect()
    }
}

/// Somebody with a session, a second factor and tokens.
struct Person {
    email: String,
    browser: Browser,
    client: RelyingParty,
    tokens: JsonAnswer,
    seed: String,
}

impl Person {
    async fn new(cluster: &Cluster, email: &str) -> Self {
        let (browser, client) = (cluster.browser(), cluster.client("customer").await);
        let page = browser.visit(client.authorize(&[]).url.as_str()).await;
        register(&browser, &page, email, "Grace").await;
        let page = browser.visit(format!("{}/account/totp", client.issuer())).await;
        let seed = seed_on(&page);
        let page = browser.submit(&page.form("otp").with("otp", &code(&seed, SystemClock.now()))).await;
        recovery_codes_on(&page);
        let tokens = client.tokens(&browser, SCOPE).await;
        Self { email: email.to_owned(), browser, client, tokens, seed }
    }

    /// Goes on with the session and the tokens of before.
    async fn goes_on(&mut self) {
        let (_, code) = self.client.code(&self.browser, &[("prompt", "none")]).await;
        assert!(!code.is_empty(), "the session goes on");
        self.client.userinfo(self.tokens.access_token()).await.ok();
        self.tokens = self.client.refresh(self.tokens.refresh_token()).await.ok();
    }

    /// Enters the password in a browser that was never seen; whether it was right.
    async fn knows_the_password(&self, cluster: &Cluster) -> bool {
        let browser = cluster.browser();
        let page = browser.visit(self.client.authorize(&[]).url.as_str()).await;
        let page = sign_in(&browser, &page, (&self.email, PASSWORD)).await;
        assert!(page.has("otp") || page.status == 400, "{}", page.summary());
        page.has("otp")
    }

    /// Signs in in a browser that was never seen, with the next code: the one of the enrolment works no second time.
    async fn signs_in(&self, cluster: &Cluster) {
        let browser = cluster.browser();
        let page = browser.visit(self.client.authorize(&[]).url.as_str()).await;
        let page = sign_in(&browser, &page, (&self.email, PASSWORD)).await;
        let otp = code(&self.seed, SystemClock.now() + 30);
        let page = browser.submit(&page.form("otp").with("otp", &otp)).await;
        assert!(!page.code().is_empty(), "{}", page.summary());
    }
}

/// Restarts one replica after the other while clients go from one to the other with every request.
async fn one_by_one(cluster: &Cluster, witness: &mut Witness, person: &mut Person) {
    for replica in ["idp-1", "idp-2"] {
        cluster.restart(replica).await;
        witness.rounds(CLIENTS).await;
        person.goes_on().await;
    }
}

/// Comes by way of the proxy and goes on until it is over: an account, all that somebody does with it, the next one.
async fn keep_coming(cluster: &Cluster, over: &AtomicBool, rounds: &AtomicUsize) {
    while !over.load(Ordering::Relaxed) {
        let number = rounds.load(Ordering::Relaxed);
        let mut newcomer = Person::new(cluster, &format!("newcomer-{number}@example.org")).await;
        for _ in 0..5 {
            newcomer.goes_on().await;
        }
        assert!(newcomer.knows_the_password(cluster).await);
        rounds.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p10_k12_both_secrets_of_a_realm_change_at_one_replica_after_the_other_and_nobody_notices() {
    let files = Files::new();
    let variables = files.variables();
    let variables: Vec<_> = variables.iter().map(|(name, path)| (name.as_str(), path.as_str())).collect();
    let (cluster, realm) = cluster_with(&variables).await;
    let mut person = Person::new(&cluster, "grace@example.org").await;
    let absent = Person::new(&cluster, "absent@example.org").await;
    let mut witness = Witness::start(realm, CLIENTS);
    witness.rounds(CLIENTS).await;

    files.say(OLD, NEW);
    one_by_one(&cluster, &mut witness, &mut person).await;
    files.say(NEW, OLD);
    one_by_one(&cluster, &mut witness, &mut person).await;
    let (done, reported) = cluster.operate("secrets reseal --realm customer");
    assert!(done && reported.contains("2 TOTP seeds") && !reported.contains(" 0 signing keys"), "{reported}");
    let (done, reported) = cluster.operate("secrets reseal --realm customer");
    assert!(done && reported.contains(": 0 signing keys, 0 TOTP seeds"), "{reported}");
    // before the old ones go: a password is under the new pepper after its owner's next sign-in, a refresh token under
    // the new key after its next use. What these clients don't use any more is looked at now
    assert!(person.knows_the_password(&cluster).await);
    let ledger = witness.ends().await;
    assert!(ledger.cuts.is_empty(), "{:?}", ledger.cuts);
    println!("{ledger}");

    files.say(NEW, NONE);
    let (over, rounds) = (AtomicBool::new(false), AtomicUsize::new(0));
    let coming = keep_coming(&cluster, &over, &rounds);
    let restarting = async {
        for replica in ["idp-1", "idp-2"] {
            cluster.restart(replica).await;
            let before = rounds.load(Ordering::Relaxed);
            eventually(async || rounds.load(Ordering::Relaxed) > before + 1).await;
        }
        over.store(true, Ordering::Relaxed);
    };
    tokio::join!(coming, restarting);
    person.goes_on().await;
    person.signs_in(&cluster).await;
    // what the manual warns of
    assert!(!absent.knows_the_password(&cluster).await, "who did not sign in meanwhile");
    absent.client.refresh(absent.tokens.refresh_token()).await.refused(400, "invalid_grant");
    let (done, reported) = cluster.operate("user reset-factors --realm customer absent@example.org");
    let link = reported.lines().find(|line| line.starts_with("https://"));
    assert!(done && link.is_some(), "{reported}");
    assert!(absent.browser.visit(link.unwrap()).await.has("setup-submit"), "and the way back in");
}
