//! A stranger's resource server, the example, as clients meet it.

#[cfg(test)]
#[expect(dead_code, reason = "a program's own start")]
#[path = "../../examples/notes.rs"]
mod notes;
#[cfg(test)]
mod requests;
