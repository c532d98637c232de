//! What belongs to one realm is nothing at the other, and is not used up by being shown there (I1 to I6).

mod browsers;
mod clients;
mod party;
