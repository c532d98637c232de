//! Ports that browsers don't open pages on.

/// The ports that browsers refuse, because a server of another protocol could be tricked into reading HTTP as its own
/// (Fetch Standard, "port blocking").
const BLOCKED: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
    104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514,
    515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
    2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
];

/// Whether browsers refuse to open a page on `port`.
pub fn is_blocked(port: u16) -> bool {
    BLOCKED.binary_search(&port).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_that_the_search_needs() {
        assert!(BLOCKED.is_sorted());
    }

    #[test]
    fn ports_of_other_protocols_are_blocked_and_those_of_the_web_are_not() {
        for port in [0, 22, 25, 6000, 6667, 10_080] {
            assert!(is_blocked(port), "{port}");
        }
        for port in [80, 443, 7001, 7101, 8080, 8443, 10_081, 65_535] {
            assert!(!is_blocked(port), "{port}");
        }
    }
}
