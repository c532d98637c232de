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
struct Serving(Child);

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
