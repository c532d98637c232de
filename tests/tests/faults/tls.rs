//! The proxy gets another certificate, and another authority, as `docs/operations.md` says (P10).

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use end_to_end::{
    Browser, Cluster,
    people::{go_to_sign_in, register},
};
use openssl::{
    ssl::{SslConnector, SslMethod, SslVerifyMode},
    x509::{X509, store::X509StoreBuilder},
};
use url::Url;

use crate::support::eventually;

const PROGRAMS: [&str; 4] = ["idp-1", "idp-2", "shop-api", "admin-api"];

/// What makes an authority and a certificate where they are missing.
fn init(folder: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/init");
    let status = Command::new(script).arg(folder).arg("localhost").stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "deploy/init works");
}

/// The certificate that the storefront shows, if one of these authorities vouches for it.
fn shown(cluster: &Cluster, authorities: &[u8]) -> Option<X509> {
    let mut store = X509StoreBuilder::new().unwrap();
    for authority in X509::stack_from_pem(authorities).unwrap() {
        store.add_cert(authority).unwrap();
    }
    let mut connector = SslConnector::builder(SslMethod::tls()).unwrap();
    connector.set_verify_cert_store(store.build()).unwrap();
    connector.set_verify(SslVerifyMode::PEER);
    let url = Url::parse(&cluster.url("storefront")).unwrap();
    let stream = std::net::TcpStream::connect(("127.0.0.1", url.port().unwrap())).unwrap();
    let stream = connector.build().connect("localhost", stream).ok()?;
    stream.ssl().peer_certificate()
}

fn serial(certificate: &X509) -> String {
    certificate.serial_number().to_bn().unwrap().to_hex_str().unwrap().to_string()
}

/// Somebody makes an account and is at the storefront with it.
async fn enter(cluster: &Cluster, email: &str) -> Browser {
    let browser = cluster.browser();
    let page = go_to_sign_in(&browser, &cluster.url("storefront")).await;
    let page = register(&browser, &page, email, "Grace").await;
    assert!(page.has("signed-in-as"), "{}", page.summary());
    browser
}

async fn is_in(cluster: &Cluster, browser: &Browser) -> bool {
    browser.visit(cluster.url("storefront")).await.has("signed-in-as")
}

/// Signs out at the realm, which tells the storefront.
async fn leave(cluster: &Cluster, browser: &Browser) {
    let account = browser.visit(format!("{}/account", cluster.url("customer_issuer"))).await;
    browser.submit(&account.form_to("/sign-out")).await;
    eventually(async || !is_in(cluster, browser).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p10_the_proxy_gets_another_certificate_and_nobody_is_signed_out() {
    let cluster = Cluster::start();
    let browser = enter(&cluster, "before@example.org").await;
    let authority = fs::read(cluster.file("tls/ca.pem")).unwrap();
    let before = serial(&shown(&cluster, &authority).unwrap());

    fs::remove_file(cluster.file("tls/tls.pem")).unwrap();
    init(&cluster.file(""));
    assert_eq!(fs::read(cluster.file("tls/ca.pem")).unwrap(), authority, "the authority stays");
    cluster.signal("nginx", "HUP");
    eventually(async || shown(&cluster, &authority).is_some_and(|shown| serial(&shown) != before)).await;

    assert!(is_in(&cluster, &browser).await);
    let other = enter(&cluster, "after@example.org").await;
    leave(&cluster, &other).await;
    assert!(is_in(&cluster, &browser).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p10_another_authority_vouches_for_the_proxy_after_a_time_in_which_two_are_believed() {
    let cluster = Cluster::start();
    let file = |name: &str| cluster.file(&format!("tls/{name}"));
    let elsewhere = tempfile::tempdir().unwrap();
    init(elsewhere.path());
    let (old, new) =
        (fs::read(file("ca.pem")).unwrap(), fs::read(elsewhere.path().join("tls/ca.pem")).unwrap());

    // the old one comes first: a program that reads only the first one notices below
    fs::write(file("ca.pem"), [old.as_slice(), &new].concat()).unwrap();
    let browser = enter(&cluster, "before@example.org").await;
    for program in PROGRAMS {
        cluster.restart(program).await;
    }
    assert!(shown(&cluster, &new).is_none() && shown(&cluster, &old).is_some());
    for name in ["tls.pem", "tls.key"] {
        fs::copy(elsewhere.path().join("tls").join(name), file(name)).unwrap();
    }
    cluster.signal("nginx", "HUP");
    eventually(async || shown(&cluster, &new).is_some()).await;
    assert!(is_in(&cluster, &browser).await);
    let other = enter(&cluster, "between@example.org").await;
    leave(&cluster, &other).await;

    fs::write(file("ca.pem"), &new).unwrap();
    for program in PROGRAMS {
        cluster.restart(program).await;
    }
    assert!(shown(&cluster, &old).is_none());
    let other = enter(&cluster, "after@example.org").await;
    leave(&cluster, &other).await;
    assert!(is_in(&cluster, &browser).await, "nobody was signed out");
}
