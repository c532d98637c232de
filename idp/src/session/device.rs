//! What a browser calls itself, in words that its owner recognises. Nothing depends on it: anybody can say anything.

use language::Message;

/// Each before those whose name it also carries.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

const UNKNOWN: Message = Message::new("device-unknown");

/// The browser and its device, such as "Firefox on Windows".
pub fn name(user_agent: &str) -> Message {
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(part, _)| user_agent.contains(part)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => on(browser, system),
        (Some(one), None) | (None, Some(one)) => Message::verbatim(one),
        (None, None) => UNKNOWN,
    }
}

fn on(browser: &str, system: &str) -> Message {
    Message::new("device-browser-and-system").with("browser", browser).with("system", system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc7_a_browser_has_a_name_that_people_know() {
        let mozilla = "Mozilla/5.0";
        for (said, (browser, system)) in [
            ("(X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ("Firefox", "Linux")),
            (
                "(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                ("Edge", "Windows"),
            ),
            (
                "(Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                ("Chrome", "Android"),
            ),
            (
                "(iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                ("Safari", "iPhone"),
            ),
            (
                "(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                ("Safari", "Mac"),
            ),
        ] {
            assert_eq!(name(&format!("{mozilla} {said}")), on(browser, system));
        }
        assert_eq!(name(""), UNKNOWN);
        assert_eq!(name("curl/8.0"), UNKNOWN);
    }
}
