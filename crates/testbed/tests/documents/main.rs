//! What documents say about the repository is true: requirements, names of files, functions and tables, links, layers.
#![cfg(test)]

mod circles;
mod ids;
mod layers;
mod links;
mod markdown;
mod names;
mod repository;
mod requirements;
