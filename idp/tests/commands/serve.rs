//! `idp serve`

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Stdio},
    time::Duration,
};

use crate::harness::Operator;

/// How often somebody who waits for the program looks again.
const PAUSE: Duration = Duration::from_millis(20);
const LOOKS: usize = 1000;

/// The program at work, gone with the test.
pub struct Serving(Child);

impl Serving {
    /// Kills it, so that it can't say good-bye.
    pub fn stop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // it may have ended before
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A second realm beside the operator's, with everything of its own.
fn second_realm(operator: &Operator) -> Vec<(String, String)> {
    let file = "name = \"other\"\nissuer = \"http://localhost:7002\"\n[session]\nprefix = \"other\"\n";
    std::fs::write(operator.folder().join("other.toml"), file).unwrap();
    let database = operator.folder().join("other.db");
    let values = [
        ("DATABASE", format!("sqlite:{}", database.display())),
        ("SECRETS__KEY_ENCRYPTION_KEY", "nHe5Tq2ZcV9sLk8oO4cQ1yAqX9Yp0dJmZt".to_owned()),
        ("SECRETS__PEPPER", "mRwZt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJ".to_owned()),
        ("KEYS__RSA_BITS", "2048".to_owned()),
    ];
    values.into_iter().map(|(key, value)| (format!("REALMKEEP_OTHER__{key}"), value)).collect()
}

fn start(operator: &Operator, variables: &[(String, String)], words: &[&str]) -> Serving {
    let mut command = operator.command(&[]);
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    Serving(command.args(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
}

/// The operator's realm, served on a free port.
pub async fn served(operator: &Operator) -> Serving {
    let address = free_address();
    let variables = [("REALMKEEP_TEST__LISTEN".to_owned(), address.to_string())];
    let mut serving = start(operator, &variables, &["serve"]);
    answers(&mut serving, address).await;
    serving
}

async fn answers(serving: &mut Serving, address: SocketAddr) {
    for _ in 0..LOOKS {
        if TcpStream::connect(address).is_ok() {
            return;
        }
        assert!(serving.0.try_wait().unwrap().is_none(), "the program ended");
        tokio::time::sleep(PAUSE).await;
    }
    panic!("nobody listens at {address}");
}

#[tokio::test]
async fn h1_one_realm_of_a_folder_is_served_alone_or_all_of_them_together() {
    let operator = Operator::new().await;
    let (here, there) = (free_address(), free_address());
    let mut variables = second_realm(&operator);
    variables.push(("REALMKEEP_TEST__LISTEN".to_owned(), here.to_string()));
    variables.push(("REALMKEEP_OTHER__LISTEN".to_owned(), there.to_string()));

    // listeners are opened in the order of the files: the other one's would have been there first
    let mut alone = start(&operator, &variables, &["serve", "--realm", "test"]);
    answers(&mut alone, here).await;
    assert!(TcpStream::connect(there).is_err(), "the other realm is not served");
    assert!(!operator.folder().join("other.db").exists(), "nor is its database touched");
    drop(alone);

    let mut together = start(&operator, &variables, &["serve"]);
    answers(&mut together, here).await;
    answers(&mut together, there).await;
}

#[tokio::test]
async fn e6_a_realm_that_is_not_there_is_not_served() {
    let operator = Operator::new().await;
    let refused = operator.run("serve --realm nobody");
    assert!(refused.code == Some(1) && refused.err.contains("no realm of that name"), "{refused:?}");
}

#[tokio::test]
async fn e6_what_keeps_a_realm_from_starting_is_told_once_with_its_name_and_what_to_do() {
    let operator = Operator::new().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = operator.run_with(&[("REALMKEEP_TEST__LISTEN", &address)], "serve");
    assert!(said.code == Some(1) && said.err.contains("realm `test`: nobody can listen on"), "{said:?}");
    assert!(said.err.contains(&address) && said.err.contains("change `listen`"), "{said:?}");

    let absent = format!("sqlite:{}/absent/test.db", operator.folder().display());
    let said = operator.run_with(&[(crate::harness::DATABASE, &absent)], "keys list --realm test");
    assert!(said.code.is_some_and(|code| code == 1 || code == 4), "{said:?}");
    assert!(
        said.err.starts_with("realm `test`: the database sqlite:") && said.err.contains("Make its folder"),
        "{said:?}"
    );
    assert_eq!((said.err.matches("absent").count(), said.err.lines().count()), (1, 1), "{said:?}");

    operator.run("migrate up");
    operator.run("sessions end-all --realm test --yes");
    let other = [(crate::harness::KEY, "nHe5Tq2ZcV9sLk8oO4cQ1yAqX9Yp0dJmZt")];
    let said = operator.run_with(&other, "keys list --realm test");
    assert!(
        said.err.contains("realm `test`") && said.err.contains("previous_key_encryption_key_file"),
        "{said:?}"
    );
}
