//! Many connections at once, and requests with two lengths, on real sockets.

use tokio::net::TcpSocket;

use super::*;

/// Limits with long times, so that only the numbers of connections matter.
fn patient(connections: usize, of_an_address: usize) -> Limits {
    const LONG: Duration = Duration::from_mins(1);
    let limits =
        Limits { connections, per_address: of_an_address, heads_per_address: of_an_address, ..limits() };
    Limits { head_read: LONG, idle: LONG, body_read: LONG, ..limits }
}

async fn connect_from(source: &str, address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(source.parse().unwrap(), 0)).unwrap();
    socket.connect(address).await.unwrap()
}

/// Whether the server closes the connection.
async fn is_closed(stream: &mut TcpStream) -> bool {
    matches!(stream.read(&mut [0; 1]).await, Ok(0) | Err(_))
}

#[tokio::test]
async fn q3_half_sent_heads_of_one_address_hold_up_nobody() {
    let server = start_with("http://localhost", patient(16, 4));
    let mut held = Vec::new();
    for _ in 0..20 {
        let mut stream = connect_from("127.0.0.2", server.address).await;
        // the server may have closed it by now
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").await;
        held.push(stream);
    }
    assert!(is_closed(&mut held[0]).await, "the oldest gave way");
    for _ in 0..3 {
        assert!(fetch(server.address, "/").await.starts_with("HTTP/1.1 200"));
    }
    // the address itself isn't locked out either
    let mut honest = connect_from("127.0.0.2", server.address).await;
    honest.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
    assert!(read_all(honest).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn q3_idle_connections_and_slow_bodies_of_one_address_hold_up_nobody() {
    let server = start_with("http://localhost", patient(16, 4));
    let mut slow = Vec::new();
    for _ in 0..4 {
        let mut stream = connect_from("127.0.0.2", server.address).await;
        stream.write_all(post_form(50, "a=1").as_bytes()).await.unwrap();
        slow.push(stream);
    }
    // all connections of the address are busy: another one is refused, other addresses are served
    let mut refused = connect_from("127.0.0.2", server.address).await;
    assert!(is_closed(&mut refused).await);
    drop(slow);
    let mut idle = Vec::new();
    for _ in 0..6 {
        let mut stream = connect_from("127.0.0.3", server.address).await;
        stream.write_all(b"GET /peer HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
        idle.push(stream);
    }
    let mut rest = Vec::new();
    assert!(idle[0].read_to_end(&mut rest).await.is_ok(), "the idle one that waited longest gave way");
    assert!(fetch(server.address, "/").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn q3_a_trusted_proxy_is_not_counted_like_a_stranger() {
    let proxies = TrustedProxies::new(vec!["127.0.0.4".parse().unwrap()]);
    let server = start_with("http://localhost", Limits { proxies, ..patient(16, 2) });
    let mut kept = Vec::new();
    for _ in 0..10 {
        let mut stream = connect_from("127.0.0.4", server.address).await;
        stream.write_all(b"GET /peer HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        kept.push(stream);
    }
    for stream in &mut kept {
        for _ in 0..2 {
            let mut answer = vec![0; 1024];
            let length = stream.read(&mut answer).await.unwrap();
            assert!(answer[..length].starts_with(b"HTTP/1.1 200"));
            stream.write_all(b"GET /peer HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        }
    }
}

#[tokio::test]
async fn z26_a_request_with_two_lengths_is_400_and_the_last_of_its_connection() {
    let server = start("http://localhost");
    let (length, chunked) = ("Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n");
    for fields in
        [format!("{length}{chunked}"), format!("{chunked}{length}"), format!("{length}X: y\r\n{chunked}")]
    {
        let form = "Content-Type: application/x-www-form-urlencoded\r\n";
        let smuggled = "GET /peer HTTP/1.1\r\nHost: x\r\n\r\n";
        let request =
            format!("POST /form HTTP/1.1\r\nHost: x\r\n{form}{fields}\r\n3\r\na=1\r\n0\r\n\r\n{smuggled}");
        // also after another request in the same segment
        for before in ["", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"] {
            let answers = exchange(server.address, &format!("{before}{request}")).await;
            let last = answers.rfind("HTTP/1.1").unwrap();
            assert!(answers[last..].starts_with("HTTP/1.1 400"), "{fields} {answers}");
            assert!(answers.contains("connection: close") && !answers.contains("127.0.0.1"), "{answers}");
        }
    }
    let once = "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    let answer = exchange(server.address, &format!("{once}{chunked}\r\n3\r\na=1\r\n0\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "one of them is fine: {answer}");
}

#[tokio::test]
async fn a_head_with_too_many_fields_or_too_long_is_refused() {
    let server = start("http://localhost");
    for fields in ["x: y\r\n".repeat(101), format!("x: {}", "y".repeat(64 * 1024))] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let head = format!("GET / HTTP/1.1\r\nHost: x\r\n{fields}\r\n\r\n");
        // the server may stop reading before the end
        let _ = stream.write_all(head.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "{answer:?}");
    }
    assert!(fetch(server.address, "/").await.starts_with("HTTP/1.1 200"));
}
