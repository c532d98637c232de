//! `docker-compose.yml` fits the programs: every variable in it is a key they know, every file is there.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    net::Ipv4Addr,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::Command,
};

use idp::realm::config::{ADMIN, CUSTOMER, DEFAULTS, RealmConfig};
use settings::Document;

/// Where services find their secrets.
const SECRETS: &str = "/run/secrets/";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn compose() -> String {
    std::fs::read_to_string(root().join("docker-compose.yml")).unwrap()
}

/// What stands below a line, up to the next line that is not deeper.
fn block<'a>(text: &'a str, head: &str) -> Vec<&'a str> {
    let depth = head.len() - head.trim_start().len();
    let lines = text.lines().skip_while(|line| *line != head).skip(1);
    lines.take_while(|line| line.is_empty() || line.len() - line.trim_start().len() > depth).collect()
}

/// The secrets that `deploy/init` makes.
fn init() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(root().join("deploy/init")).arg(folder.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    folder
}

/// The variables of that prefix, with secrets where `deploy/init` put them.
fn variables(text: &str, prefix: &str, made: &Path) -> Vec<(OsString, OsString)> {
    let found = text.lines().filter_map(|line| line.trim().split_once(": ")).filter_map(|(name, value)| {
        let value = value.trim_matches('"');
        let value = match value.strip_prefix(SECRETS) {
            Some(secret) if secret == "ca.pem" => made.join("tls").join(secret).display().to_string(),
            Some(secret) => made.join("secrets").join(secret).display().to_string(),
            None => value.to_owned(),
        };
        name.starts_with(prefix).then(|| (name.into(), value.into()))
    });
    found.collect()
}

#[test]
fn e6_compose_gives_realms_and_apis_what_they_need_and_nothing_they_do_not_know() {
    let (text, made) = (compose(), init());
    for (file, prefix) in [(CUSTOMER, "REALMKEEP_CUSTOMER"), (ADMIN, "REALMKEEP_ADMIN")] {
        let document = Document::parse("default.toml", DEFAULTS).unwrap();
        let document = document.overlaid_by(Document::parse("realm.toml", file).unwrap());
        let variables = variables(&text, prefix, made.path());
        let config = RealmConfig::read(&document.with_environment(prefix, variables)).unwrap();
        let clients = config.clients.iter().filter(|client| client.first_party);
        for client in clients {
            assert!(client.redirect_uris.iter().all(|uri| !format!("{uri:?}").contains("localhost:7")));
        }
        assert!(config.scopes.values().all(|scope| scope.resource.starts_with("https://")));
    }
    let shop = Document::read(&root().join("shop-api/shop-api.example.toml")).unwrap();
    shop_api::Config::read(shop, variables(&text, "SHOP_API", made.path())).unwrap();
    let console = Document::read(&root().join("admin-api/admin-api.example.toml")).unwrap();
    admin_api::Config::read(console, variables(&text, "ADMIN_API", made.path())).unwrap();
    let known =
        ["REALMKEEP_CUSTOMER__", "REALMKEEP_ADMIN__", "SHOP_API__", "ADMIN_API__", "POSTGRES_", "PGDATA"];
    for line in text.lines().map(str::trim) {
        let Some((name, _)) = line.split_once(": ") else { continue };
        let variable =
            name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        assert!(!variable || known.iter().any(|prefix| name.starts_with(prefix)), "{name}");
    }
}

#[test]
fn compose_names_only_files_that_exist_or_that_init_makes() {
    let (text, made) = (compose(), init());
    let mut declared = BTreeSet::new();
    for line in block(&text, "secrets:") {
        let (name, file) = line.trim().split_once(": { file: ./deploy/").unwrap();
        assert!(made.path().join(file.trim_end_matches(" }")).is_file(), "{line}");
        declared.insert(name.to_owned());
    }
    for source in text.split("- ./").skip(1).filter_map(|rest| rest.split(':').next()) {
        assert!(root().join(source).is_file(), "{source}");
    }
    let used = text.split(SECRETS).skip(1);
    for name in used.filter_map(|rest| rest.split_whitespace().next()) {
        assert!(declared.contains(name), "{name}");
    }
    let nginx = std::fs::read_to_string(root().join("deploy/nginx.conf")).unwrap();
    for name in nginx.split(SECRETS).skip(1).filter_map(|rest| rest.split(';').next()) {
        assert!(declared.contains(name), "{name}");
    }
}

#[test]
fn every_service_is_confined_and_has_a_health_check() {
    let text = compose();
    let common = block(&text, "x-service: &service").join("\n");
    for line in ["user: ", "read_only: true", "tmpfs: [/tmp]", "cap_drop: [ALL]", "no-new-privileges:true"] {
        assert!(common.contains(line), "{line}");
    }
    for anchor in ["x-program: &program", "x-idp: &idp"] {
        let block = block(&text, anchor).join("\n");
        assert!(block.contains("<<: *service") || block.contains("<<: *program"), "{anchor}");
    }
    let services = block(&text, "services:");
    let heads: Vec<&str> =
        services.iter().copied().filter(|line| line.starts_with("  ") && !line.starts_with("   ")).collect();
    assert_eq!(heads.len(), 7, "{heads:?}");
    for head in heads {
        let block = block(&text, head).join("\n");
        let replica = block.contains("<<: *idp");
        assert!(replica || block.contains("<<: *service") || block.contains("<<: *program"), "{head}");
        assert!(replica || block.contains("    healthcheck:"), "{head}");
        for loosened in ["user:", "read_only:", "cap_add:", "cap_drop:", "security_opt:", "privileged:"] {
            assert!(!block.contains(&format!("    {loosened}")), "{head} {loosened}");
        }
    }
    assert!(block(&text, "x-idp: &idp").join("\n").contains("  healthcheck:"));
    let published: Vec<&str> = text.lines().filter(|line| line.trim().starts_with("ports:")).collect();
    assert_eq!(published, ["    ports: [\"127.0.0.1:8443:8443\"]"]);
}

/// What stands after each place of a key, up to the end of the value.
fn values<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    text.split(key).skip(1).filter_map(|rest| rest.split([',', ' ', '}', '\n']).next()).collect()
}

fn lies_in(address: Ipv4Addr, network: &str) -> bool {
    let (first, bits) = network.split_once('/').unwrap();
    let (first, rest) = (first.parse::<Ipv4Addr>().unwrap(), 32 - bits.parse::<u32>().unwrap());
    u32::from(address) >> rest == u32::from(first) >> rest
}

#[test]
fn no_other_container_gets_the_address_of_the_one_proxy_that_is_believed() {
    let text = compose();
    let one = |key: &str| match values(&text, key).as_slice() {
        [value] => *value,
        other => panic!("{key}{other:?}"),
    };
    let proxy: Ipv4Addr = one("ipv4_address: ").parse().unwrap();
    let gateway: Ipv4Addr = one("gateway: ").parse().unwrap();
    let (subnet, handed_out) = (one("subnet: "), one("ip_range: "));
    assert_ne!(proxy, gateway);
    for address in [proxy, gateway] {
        assert!(lies_in(address, subnet) && !lies_in(address, handed_out), "{address}");
    }
    let trusted = values(&text, "TRUSTED_PROXIES: ");
    assert_eq!(trusted, [format!("{proxy}/32").as_str(); 4]);
}

#[test]
fn one_service_builds_the_image_and_nobody_looks_for_it_in_a_registry() {
    let text = compose();
    assert_eq!(values(&text, "build: "), ["."]);
    assert!(block(&text, "  idp-1:").contains(&"    build: ."));
    assert!(block(&text, "x-program: &program").contains(&"  pull_policy: never"));
}

/// The owner of a secret, and whom the services run as by `.env`.
fn owner_and_user(checkout: &Path) -> (String, Vec<String>) {
    let secret = std::fs::metadata(checkout.join("deploy/secrets/customer.kek")).unwrap();
    let env = std::fs::read_to_string(checkout.join(".env")).unwrap();
    let users = env.lines().filter_map(|line| line.strip_prefix("SERVICE_USER=")).map(str::to_owned);
    (format!("{}:{}", secret.uid(), secret.gid()), users.collect())
}

#[test]
fn init_leaves_the_secrets_to_whom_the_services_run_as_however_often_it_runs() {
    let checkout = tempfile::tempdir().unwrap();
    std::fs::create_dir(checkout.path().join("deploy")).unwrap();
    std::fs::copy(root().join("deploy/init"), checkout.path().join("deploy/init")).unwrap();
    let init = |folder: Option<&str>| {
        let mut script = Command::new("sh");
        let done = script.arg("deploy/init").args(folder).current_dir(checkout.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let env = checkout.path().join(".env");
    std::fs::write(&env, "COMPOSE_PROJECT_NAME=realmkeep").unwrap();
    for folder in [None, None, Some("deploy")] {
        init(folder);
        let (owner, users) = owner_and_user(checkout.path());
        assert_eq!(users, [owner]);
    }
    assert!(std::fs::read_to_string(&env).unwrap().starts_with("COMPOSE_PROJECT_NAME=realmkeep\n"));
    // only root can hand them over
    if std::fs::metadata(&env).unwrap().uid() == 0 {
        std::fs::write(&env, "SERVICE_USER=4711:4712\n").unwrap();
        init(None);
        assert_eq!(owner_and_user(checkout.path()), ("4711:4712".to_owned(), vec!["4711:4712".to_owned()]));
    }
}
