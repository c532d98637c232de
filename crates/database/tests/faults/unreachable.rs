//! What may stand where PostgreSQL is expected: a balancer without a server behind it, something else that listens,
//! a pooler. All of it is "unavailable", never a defect of ours, and never "no".

use std::net::SocketAddr;

use database::{DatabaseUrl, Db, Durability, Error};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Somebody who takes connections, says `greeting` to each once the other side has spoken, and hangs up.
async fn somebody(greeting: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if !greeting.is_empty() {
                let _ = stream.read(&mut [0; 1024]).await;
                let _ = stream.write_all(&greeting).await;
            }
        }
    });
    address
}

async fn opened(address: SocketAddr) -> database::Result<Db> {
    let url = format!("postgres://realm:realm@{address}/realm?sslmode=disable");
    Db::open(&url.parse::<DatabaseUrl>().unwrap(), Durability::Full).await
}

/// A refusal as PostgreSQL words it.
fn refusal(code: &str, message: &str) -> Vec<u8> {
    let fields = format!("SFATAL\0VFATAL\0C{code}\0M{message}\0\0");
    let length = u32::try_from(fields.len() + 4).unwrap().to_be_bytes();
    [&b"E"[..], &length, fields.as_bytes()].concat()
}

#[tokio::test]
async fn e2_whoever_answers_instead_of_the_server_makes_it_unavailable() {
    for greeting in [
        &b""[..],
        b"\0",
        b"x",
        b"HTTP/1.1 502 Bad Gateway\r\n\r\n",
        b"R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I",
        b"R\0\0\0\x08\0\0\0\x63",
        b"R\xff\xff\xff\xff",
        b"R\0\0\0\0",
        &refusal("08006", "the connection was lost"),
        &refusal("57P03", "the database system is starting up"),
        &refusal("53300", "too many connections"),
        &refusal("28P01", "password authentication failed"),
    ] {
        let answer = opened(somebody(greeting.to_vec()).await).await;
        assert!(matches!(answer, Err(Error::Unavailable(_))), "{greeting:?}: {answer:?}");
    }
}

#[tokio::test]
async fn a_pooler_that_takes_our_settings_away_is_refused_by_its_name() {
    let message = "unsupported startup parameter in options: statement_timeout";
    for code in ["08P01", "0A000"] {
        let answer = opened(somebody(refusal(code, message)).await).await;
        let Err(Error::Unavailable(error)) = answer else { panic!("{answer:?}") };
        let said = error.to_string();
        assert!(said.contains("PgBouncer") && said.contains(message), "{said}");
    }
}

#[tokio::test(start_paused = true)]
async fn e2_a_server_that_never_answers_is_unavailable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let answer = opened(listener.local_addr().unwrap()).await;
    assert!(matches!(answer, Err(Error::Unavailable(_))), "{answer:?}");
}
