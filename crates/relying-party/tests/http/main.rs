//! A relying party as browsers, clients and the realm meet it.

#[cfg(test)]
mod backchannel;
#[cfg(test)]
mod bearer;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod renewal;
#[cfg(test)]
mod session_cookie;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod sign_out;
#[cfg(test)]
mod statements;
mod step_up;
#[cfg(test)]
mod support;
