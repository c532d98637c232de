//! The program `idp`, as operators call it.

#[cfg(test)]
mod at_once;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod going_back;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod manual;
#[cfg(test)]
mod migrate;
#[cfg(test)]
mod output;
#[cfg(test)]
mod restore;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod transfer;
#[cfg(test)]
mod user;
