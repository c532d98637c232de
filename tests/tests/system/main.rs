//! The whole system over real sockets, as browsers, relying parties, resources and attackers meet it.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod authorize;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod break_glass;
#[cfg(test)]
mod callback;
#[cfg(test)]
mod compose;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod csrf;
#[cfg(test)]
mod dependencies;
#[cfg(test)]
mod discovery;
#[cfg(test)]
mod env_example;
#[cfg(test)]
mod factors;
#[cfg(test)]
mod flows_customer;
#[cfg(test)]
mod flows_staff;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod hygiene;
#[cfg(test)]
mod isolation;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod logout;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod redis;
#[cfg(test)]
mod replica;
#[cfg(test)]
mod replicas;
#[cfg(test)]
mod request_limits;
#[cfg(test)]
mod reset_factors;
#[cfg(test)]
mod resource_servers;
#[cfg(test)]
mod restart;
#[cfg(test)]
mod revocation;
#[cfg(test)]
mod secret_rotation;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod step_up;
mod storm;
#[cfg(test)]
mod support;
#[cfg(test)]
mod throttling;
#[cfg(test)]
mod throttling_counts;
#[cfg(test)]
mod token;
#[cfg(test)]
mod upstream;
#[cfg(test)]
mod userinfo;
#[cfg(test)]
mod ways_out;
