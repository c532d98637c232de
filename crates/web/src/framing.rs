//! Finds the beginning and the end of requests in the bytes of a connection, independently of hyper. Hyper reports
//! neither that a head has begun to arrive nor that a request has two lengths of its body (RFC 9112 section 6.1; Z26).

/// How many bytes of a line are kept: more than the two relevant header fields need.
const KEPT: usize = 64;

/// Follows the requests of one connection.
#[derive(Debug, Default)]
pub(super) struct Framing {
    at: At,
    line: Vec<u8>,
    /// Whether a line of the current head has arrived.
    begun: bool,
    length: Option<u64>,
    chunked: bool,
    /// Number of heads that have arrived completely.
    heads: u64,
    /// Number of the first request with two lengths.
    bad: Option<u64>,
}

#[derive(Debug, Default)]
enum At {
    #[default]
    Head,
    /// Within a body, with this many bytes to come.
    Body(u64),
    /// After the head of the connection's last request.
    Over,
}

impl Framing {
    /// Processes bytes that have arrived.
    pub(super) fn take(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match self.at {
                At::Over => return,
                At::Body(left) => {
                    let here = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
                    bytes = bytes.split_at(here).1;
                    let left = left.saturating_sub(u64::try_from(here).unwrap_or(u64::MAX));
                    self.at = if left == 0 { At::Head } else { At::Body(left) };
                }
                At::Head => bytes = self.head(bytes),
            }
        }
    }

    /// Number of heads that have arrived completely.
    pub(super) fn heads(&self) -> u64 {
        self.heads
    }

    /// Whether a head has begun to arrive and isn't complete.
    pub(super) fn within_head(&self) -> bool {
        matches!(self.at, At::Head) && (self.begun || !self.line.is_empty())
    }

    /// Whether the head of request `number`, counted from one, was seen here and has at most one length. Otherwise the
    /// beginning of the next request is unknown.
    pub(super) fn vouches_for(&self, number: u64) -> bool {
        number <= self.heads && self.bad.is_none_or(|bad| number < bad)
    }

    /// Processes the bytes up to the end of a line; returns the rest.
    fn head<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let (part, rest) = bytes.split_at(end.map_or(bytes.len(), |end| end + 1));
        self.line.extend(part.iter().take(KEPT.saturating_sub(self.line.len())));
        if end.is_some() {
            let line = std::mem::take(&mut self.line);
            self.line(line.trim_ascii_end());
            self.line = line;
            self.line.clear();
        }
        rest
    }

    fn line(&mut self, line: &[u8]) {
        match (line.is_empty(), self.begun) {
            // empty lines before a request are ignored (RFC 9112 section 2.2)
            (true, false) => {}
            (true, true) => self.end_of_head(),
            (false, begun) => {
                self.begun = true;
                if begun {
                    self.field(line);
                }
            }
        }
    }

    fn field(&mut self, line: &[u8]) {
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let (Some(name), Some(value)) = (parts.next(), parts.next()) else { return };
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            self.chunked = true;
        }
        if name.eq_ignore_ascii_case(b"content-length") {
            let value = std::str::from_utf8(value.trim_ascii()).ok();
            // hyper refuses a value that is not a number
            self.length = Some(value.and_then(|value| value.parse().ok()).unwrap_or(u64::MAX));
        }
    }

    fn end_of_head(&mut self) {
        self.heads += 1;
        self.begun = false;
        let (length, chunked) = (self.length.take(), std::mem::take(&mut self.chunked));
        if chunked && length.is_some() {
            self.bad.get_or_insert(self.heads);
        }
        self.at = match (chunked, length) {
            (true, _) => At::Over,
            (false, None | Some(0)) => At::Head,
            (false, Some(length)) => At::Body(length),
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GET: &str = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    const POST: &str = "POST / HTTP/1.1\r\ncontent-LENGTH: 5\r\n\r\na\n\r\n\n";
    const BOTH: &str = "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    const SWAPPED: &str =
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n";
    const CHUNKED: &str = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

    /// How many heads there are, and how many of them are vouched for.
    fn seen(parts: &[&str]) -> (u64, u64) {
        let mut framing = Framing::default();
        for part in parts {
            framing.take(part.as_bytes());
        }
        (framing.heads(), (1..=framing.heads()).filter(|number| framing.vouches_for(*number)).count() as u64)
    }

    #[test]
    fn requests_follow_each_other_and_two_lengths_are_noticed_in_either_order() {
        for (parts, expected) in [
            (&[GET][..], (1, 1)),
            (&["\r\n\r\n", GET, GET], (2, 2)),
            (&[POST, GET, POST], (3, 3)),
            (&[CHUNKED], (1, 1)),
            (&[BOTH], (1, 0)),
            (&[SWAPPED], (1, 0)),
            (&[POST, GET, BOTH, GET], (3, 2)),
            (&["POST / HTTP/1.1\nContent-Length: 3\nTransfer-Encoding: x\n\nabc"], (1, 0)),
        ] {
            assert_eq!(seen(parts), expected, "{parts:?}");
        }
        // what comes behind a chunked body was not seen as a head
        assert!(!Framing::default().vouches_for(1));
    }

    #[test]
    fn a_head_is_being_read_from_its_first_byte_to_its_last() {
        let mut framing = Framing::default();
        for (part, within) in
            [("", false), ("G", true), ("ET / HTTP/1.1\r\n", true), ("\r\n", false), ("P", true)]
        {
            framing.take(part.as_bytes());
            assert_eq!(framing.within_head(), within, "{part:?}");
        }
    }

    proptest! {
        #[test]
        fn however_the_bytes_are_cut_the_same_is_seen(cut in 1usize..80, which in proptest::collection::vec(0usize..5, 1..5)) {
            let all: String = which.iter().map(|number| [GET, POST, BOTH, SWAPPED, CHUNKED][*number]).collect();
            let cuts: Vec<&str> = all.as_bytes().chunks(cut).map(|part| std::str::from_utf8(part).unwrap()).collect();
            prop_assert_eq!(seen(&cuts), seen(&[&all]));
        }

        #[test]
        fn no_bytes_stop_it(bytes: Vec<u8>) {
            let mut framing = Framing::default();
            framing.take(&bytes);
            prop_assert!(framing.line.len() <= KEPT);
        }
    }
}
