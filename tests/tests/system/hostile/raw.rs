//! Bytes on a socket, as no well-behaved client would send them.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use url::Url;

/// Sends bytes to the server of a URL and reads until it closes; the status, and everything it said.
pub async fn send(url: &str, bytes: &[u8]) -> (u16, String) {
    let url = Url::parse(url).unwrap();
    let mut socket = TcpStream::connect(("127.0.0.1", url.port().unwrap())).await.unwrap();
    // a server that has seen enough may close before it read everything
    let _ = socket.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer).await;
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, text)
}

/// A request with these lines after the first one; the connection ends with it.
pub fn request(first: &str, host: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let host = host.trim_start_matches("http://");
    let head = format!("{first} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

/// A form posted to a path.
pub async fn post(base: &str, path: &str, body: &[u8]) -> (u16, String) {
    let headers = format!(
        "content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\norigin: {base}\r\n",
        body.len()
    );
    send(base, &request(&format!("POST {path}"), base, &headers, body)).await
}

/// A path fetched as it is, however it is written.
pub async fn get(base: &str, target: &str) -> (u16, String) {
    send(base, &request(&format!("GET {target}"), base, "", b"")).await
}
