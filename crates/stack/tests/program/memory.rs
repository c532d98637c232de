//! The allocator of the programs is set up as decided (docs/decisions/0019), whoever built them.

use std::process::Command;

#[test]
fn what_is_freed_goes_back_to_the_system_soon() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_realmkeep"));
    // it tells all its settings then, and where each comes from
    let reported = program.arg("--version").env("_RJEM_MALLOC_CONF", "confirm_conf:true").output().unwrap();
    let reported = String::from_utf8(reported.stderr).unwrap();
    for setting in ["narenas_ratio:1", "dirty_decay_ms:5", "muzzy_decay_ms:0"] {
        assert!(reported.contains(&format!("Set conf value: {setting}")), "{setting} is not in:\n{reported}");
    }
    assert!(!reported.to_lowercase().contains("invalid"), "{reported}");
}
