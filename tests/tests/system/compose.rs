//! `docker-compose.yml` fits the programs: every variable in it is a key they know, every file is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    net::Ipv4Addr,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::Command,
};

use idp::realm::config::{ADMIN, CUSTOMER, DEFAULTS, RealmConfig};
use ipnet::Ipv4Net;
use serde_norway::Value;
use settings::Document;

/// Where services find their secrets.
const SECRETS: &str = "/run/secrets/";
/// What every service has from the part that is common to all.
const CONFINED: [&str; 4] = ["user", "read_only", "cap_drop", "security_opt"];
const PREFIXES: [&str; 6] =
    ["REALMKEEP_CUSTOMER__", "REALMKEEP_ADMIN__", "SHOP_API__", "ADMIN_API__", "POSTGRES_", "PGDATA"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The file, with what services inherit in each of them.
fn compose() -> Value {
    let text = std::fs::read_to_string(root().join("docker-compose.yml")).unwrap();
    let mut file: Value = serde_norway::from_str(&text).unwrap();
    // one pass for each generation
    loop {
        let before = file.clone();
        file.apply_merge().unwrap();
        if file == before {
            return file;
        }
    }
}

/// The members of a mapping; none when it isn't there.
fn members(value: &Value) -> Vec<(&str, &Value)> {
    let members = value.as_mapping().into_iter().flatten();
    members.map(|(name, value)| (name.as_str().unwrap(), value)).collect()
}

/// The words of a list; none when it isn't there.
fn words(value: &Value) -> Vec<&str> {
    value.as_sequence().into_iter().flatten().map(|word| word.as_str().unwrap()).collect()
}

/// Every variable of every service, once.
fn environment(file: &Value) -> BTreeMap<&str, &str> {
    let services = members(&file["services"]);
    let all = services.iter().flat_map(|(_, service)| members(&service["environment"]));
    all.map(|(name, value)| (name, value.as_str().unwrap())).collect()
}

/// The secrets that `deploy/init` makes.
fn init() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(root().join("deploy/init")).arg(folder.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    folder
}

/// The variables of that prefix, with secrets where `deploy/init` put them.
fn variables(file: &Value, prefix: &str, made: &Path) -> Vec<(OsString, OsString)> {
    let found = environment(file).into_iter().filter(|(name, _)| name.starts_with(prefix));
    let placed = found.map(|(name, value)| {
        let value = match value.strip_prefix(SECRETS) {
            Some(secret) if secret == "ca.pem" => made.join("tls").join(secret).display().to_string(),
            Some(secret) => made.join("secrets").join(secret).display().to_string(),
            None => value.to_owned(),
        };
        (name.into(), value.into())
    });
    placed.collect()
}

#[test]
fn e6_compose_gives_realms_and_apis_what_they_need_and_nothing_they_do_not_know() {
    let (compose, made) = (compose(), init());
    for (file, prefix) in [(CUSTOMER, "REALMKEEP_CUSTOMER"), (ADMIN, "REALMKEEP_ADMIN")] {
        let document = Document::parse("default.toml", DEFAULTS).unwrap();
        let document = document.overlaid_by(Document::parse("realm.toml", file).unwrap());
        let variables = variables(&compose, prefix, made.path());
        let config = RealmConfig::read(&document.with_environment(prefix, variables)).unwrap();
        let clients = config.clients.iter().filter(|client| client.first_party);
        for client in clients {
            assert!(client.redirect_uris.iter().all(|uri| !format!("{uri:?}").contains("localhost:7")));
        }
        assert!(config.scopes.values().all(|scope| scope.resource.starts_with("https://")));
    }
    let shop = Document::read(&root().join("shop-api/shop-api.example.toml")).unwrap();
    shop_api::Config::read(shop, variables(&compose, "SHOP_API", made.path())).unwrap();
    let console = Document::read(&root().join("admin-api/admin-api.example.toml")).unwrap();
    admin_api::Config::read(console, variables(&compose, "ADMIN_API", made.path())).unwrap();
    for name in environment(&compose).into_keys() {
        assert!(PREFIXES.iter().any(|prefix| name.starts_with(prefix)), "{name}");
    }
}

#[test]
fn compose_names_only_files_that_exist_or_that_init_makes() {
    let (compose, made) = (compose(), init());
    let mut declared = BTreeSet::new();
    for (name, secret) in members(&compose["secrets"]) {
        let file = secret["file"].as_str().unwrap().strip_prefix("./deploy/").unwrap();
        assert!(made.path().join(file).is_file(), "{file}");
        declared.insert(name);
    }
    for (name, service) in members(&compose["services"]) {
        for source in words(&service["volumes"]).into_iter().filter_map(|volume| volume.strip_prefix("./")) {
            let source = source.split(':').next().unwrap();
            assert!(root().join(source).is_file(), "{source}");
        }
        let given = words(&service["secrets"]);
        for secret in &given {
            assert!(declared.contains(secret), "{name}: {secret}");
        }
        let values = members(&service["environment"]).into_iter().map(|(_, value)| value.as_str().unwrap());
        for secret in values.filter_map(|value| value.strip_prefix(SECRETS)) {
            assert!(given.contains(&secret), "{name}: {secret}");
        }
    }
    let nginx = std::fs::read_to_string(root().join("deploy/nginx.conf")).unwrap();
    let given = words(&compose["services"]["nginx"]["secrets"]);
    for name in nginx.split(SECRETS).skip(1).filter_map(|rest| rest.split(';').next()) {
        assert!(given.contains(&name), "{name}");
    }
}

#[test]
fn every_service_is_confined_and_has_a_health_check() {
    let compose = compose();
    let common = &compose["x-service"];
    assert!(common["user"].is_string() && common["read_only"] == true);
    assert_eq!((words(&common["cap_drop"]), words(&common["tmpfs"])), (vec!["ALL"], vec!["/tmp"]));
    assert_eq!(words(&common["security_opt"]), ["no-new-privileges:true"]);
    let services = members(&compose["services"]);
    assert_eq!(services.len(), 7);
    for (name, service) in &services {
        for key in CONFINED {
            assert_eq!(service[key], common[key], "{name} {key}");
        }
        assert!(words(&service["tmpfs"]).contains(&"/tmp"), "{name}");
        assert!(!words(&service["healthcheck"]["test"]).is_empty(), "{name}");
        for loosened in ["cap_add", "privileged"] {
            assert!(service[loosened].is_null(), "{name} {loosened}");
        }
    }
    let published = services.iter().flat_map(|(_, service)| words(&service["ports"]));
    assert_eq!(published.collect::<Vec<_>>(), ["127.0.0.1:8443:8443"]);
}

fn lies_in(address: Ipv4Addr, network: &str) -> bool {
    network.parse::<Ipv4Net>().unwrap().contains(&address)
}

#[test]
fn no_other_container_gets_the_address_of_the_one_proxy_that_is_believed() {
    let compose = compose();
    let services = members(&compose["services"]);
    let fixed: Vec<&str> = services
        .iter()
        .flat_map(|(_, service)| members(&service["networks"]))
        .filter_map(|(_, network)| network["ipv4_address"].as_str())
        .collect();
    let [proxy] = fixed.as_slice() else { panic!("{fixed:?}") };
    let networks = compose["networks"]["edge"]["ipam"]["config"].as_sequence().unwrap();
    let [network] = networks.as_slice() else { panic!("{networks:?}") };
    let part = |key: &str| network[key].as_str().unwrap();
    let (proxy, gateway): (Ipv4Addr, Ipv4Addr) = (proxy.parse().unwrap(), part("gateway").parse().unwrap());
    assert_ne!(proxy, gateway);
    for address in [proxy, gateway] {
        assert!(lies_in(address, part("subnet")) && !lies_in(address, part("ip_range")), "{address}");
    }
    let variables = environment(&compose).into_iter();
    let trusted = variables.filter(|(name, _)| name.ends_with("TRUSTED_PROXIES")).map(|(_, value)| value);
    assert_eq!(trusted.collect::<Vec<_>>(), [format!("{proxy}/32").as_str(); 4]);
}

#[test]
fn one_service_builds_the_image_and_nobody_looks_for_it_in_a_registry() {
    let compose = compose();
    let ours =
        members(&compose["services"]).into_iter().filter(|(_, service)| service["image"] == "realmkeep");
    let (names, services): (Vec<_>, Vec<_>) = ours.unzip();
    assert_eq!(names, ["idp-1", "idp-2", "shop-api", "admin-api"]);
    assert!(services.iter().all(|service| service["pull_policy"] == "never"));
    let builds = members(&compose["services"]).into_iter().filter(|(_, service)| !service["build"].is_null());
    let builds: Vec<_> = builds.map(|(name, service)| (name, service["build"].as_str())).collect();
    assert_eq!(builds, [("idp-1", Some("."))]);
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
