//! What documents say about the repository is true: requirements, names of files, functions and tables, links.
#![cfg(test)]

mod ids;
mod links;
mod markdown;
mod names;
mod repository;
mod requirements;
