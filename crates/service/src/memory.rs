//! Where memory comes from, for every program that depends on this crate: jemalloc, which returns pages that are free
//! to the system at once. How it is set up is in `.cargo/config.toml`; what libraries in C take still comes from the
//! system's allocator.

use tikv_jemallocator::Jemalloc;

#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;
