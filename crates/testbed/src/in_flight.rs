//! What is half done while a release is rolled out: one replica wrote it, and a replica of another release goes on.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Asserts that this program and the one that wrote `sample` read each other's values of the type `T`.
///
/// This program has to read the sample, and to write every member of it with the same value: the other one may need
/// each. It may write more, since readers ignore members that they don't know. A sample stays as it is for as long as a
/// release that writes it may be in use.
///
/// # Panics
/// When one of them could not go on with what the other one has begun.
pub fn is_read_by_both<T: Serialize + DeserializeOwned>(sample: &str) {
    let before: Value = serde_json::from_str(sample).expect("the sample is JSON");
    let read: T = serde_json::from_str(sample)
        .unwrap_or_else(|error| panic!("what the release before has written is not read any more: {error}"));
    let now = serde_json::to_value(&read).expect("a value that can be written");
    if let Some(path) = missing(&before, &now) {
        panic!("the release before misses {path} in {now}");
    }
}

/// Where `now` lacks something of `before`, or has something else there.
fn missing(before: &Value, now: &Value) -> Option<String> {
    match (before, now) {
        (Value::Object(before), Value::Object(now)) => before.iter().find_map(|(name, value)| {
            let within = match now.get(name) {
                Some(now) => missing(value, now)?,
                None => String::new(),
            };
            Some(format!("/{name}{within}"))
        }),
        _ if before == now => None,
        _ => Some(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(before: &str, now: &str) -> Option<String> {
        let read = |json| serde_json::from_str(json).expect("JSON");
        missing(&read(before), &read(now))
    }

    #[test]
    fn upg1_a_member_may_be_added_but_none_may_go_or_change() {
        let before = r#"{"a":1,"b":{"c":[1,2]},"d":null}"#;
        assert_eq!(at(before, before), None);
        assert_eq!(at(before, r#"{"a":1,"b":{"c":[1,2],"e":3},"d":null,"f":4}"#), None);
        assert_eq!(at(before, r#"{"a":1,"b":{"c":[1,2]}}"#).as_deref(), Some("/d"));
        assert_eq!(at(before, r#"{"a":2,"b":{"c":[1,2]},"d":null}"#).as_deref(), Some("/a"));
        assert_eq!(at(before, r#"{"a":1,"b":{"c":[1]},"d":null}"#).as_deref(), Some("/b/c"));
    }

    #[test]
    #[should_panic(expected = "not read any more")]
    fn upg1_a_member_that_has_to_be_there_is_noticed() {
        is_read_by_both::<(u8, u8)>("[1]");
    }
}
