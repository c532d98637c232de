//! A program is told to stop (P10, "Stopping"): the first signal waits for requests under way, the second one doesn't.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use end_to_end::Program;
use url::Url;

use crate::support::eventually;

/// A request that is being handled: its body was asked for and never comes.
fn under_way(url: &Url) -> TcpStream {
    let mut stream = TcpStream::connect(("localhost", url.port().unwrap())).unwrap();
    let head = "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                Content-Length: 100\r\nExpect: 100-continue\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 100");
    stream
}

#[tokio::test]
async fn p10_a_second_signal_ends_a_program_at_once() {
    let mut program = Program::start().await;
    let url = Url::parse(&program.url("customer_issuer")).unwrap();
    let _request = under_way(&url);
    program.signal("TERM");
    eventually(async || TcpStream::connect(("localhost", url.port().unwrap())).is_err()).await;
    assert_eq!(program.ended(), None, "it waits for the request");
    program.signal("TERM");
    // It still makes keys for later, with OpenSSL, which the handlers of an `exit` would take away meanwhile.
    eventually(async || program.ended().is_some()).await;
    let status = program.ended().unwrap();
    assert_eq!(status.code(), Some(1), "not the end of a request that got its time: {status}");
}
