//! Short-lived copies of facts.

use std::sync::Arc;

use redis::{ExistenceCheck, SetExpiry, SetOptions};

use crate::{AddressError, Away, CacheUrl, connection::SharedConnection};

/// How long a copy is used at most after the fact was read, seconds.
pub const LIFE_SECONDS: i64 = 2;
/// How long the mark of an ended copy keeps a late one out, seconds: until nobody would use that one any more.
const MARK_SECONDS: u64 = 10;

/// Copies that all replicas see, under one prefix: whoever has another user at the server can't read or write them.
#[derive(Debug, Clone)]
pub struct Cache {
    pub(crate) connection: Arc<SharedConnection>,
    prefix: Arc<str>,
}

impl Cache {
    /// A cache under `prefix`, which ends before the colon. A server that is away is no error: it is found when it
    /// is back.
    ///
    /// # Errors
    /// When the address can't be used at all.
    pub async fn open(url: &CacheUrl, prefix: &str) -> Result<Self, AddressError> {
        let connection = SharedConnection::new(url.client()?);
        connection.connect().await;
        Ok(Self { connection, prefix: prefix.into() })
    }

    /// [`Cache::open`] for a server that there need not be.
    ///
    /// # Errors
    /// When the address can't be used at all.
    pub async fn open_any(url: Option<&CacheUrl>, prefix: &str) -> Result<Option<Self>, AddressError> {
        match url {
            Some(url) => Self::open(url, prefix).await.map(Some),
            None => Ok(None),
        }
    }

    /// A copy, if there is one.
    pub async fn get(&self, key: &str) -> Option<String> {
        let key = self.key(key);
        let found: Result<Option<Vec<u8>>, Away> = self
            .connection
            .ask(async |mut connection| redis::cmd("GET").arg(&key).query_async(&mut connection).await)
            .await;
        found.ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok()).filter(|text| !text.is_empty())
    }

    /// Keeps a copy for [`LIFE_SECONDS`], if there is none and the key was not ended a moment ago. That it could not
    /// be kept costs nothing but time.
    pub async fn put(&self, key: &str, value: &str) {
        let key = self.key(key);
        let options = SetOptions::default()
            .conditional_set(ExistenceCheck::NX)
            .with_expiration(SetExpiry::EX(LIFE_SECONDS.unsigned_abs()));
        let kept = async |mut connection| {
            redis::cmd("SET").arg(&key).arg(value).arg(&options).exec_async(&mut connection).await
        };
        let _ = self.connection.ask(kept).await;
    }

    /// Ends copies for all replicas, after the facts have changed: none is left when this has answered.
    ///
    /// A copy that can't be ended dies by itself, and this waits for that: a fact has changed for everybody when the
    /// one who changed it is told so.
    pub async fn end(&self, keys: &[String]) {
        if !keys.is_empty() && self.mark(keys).await.is_err() {
            outlive_copies().await;
        }
    }

    /// Puts a mark in the place of each copy: one that somebody read before the change can't come after it.
    async fn mark(&self, keys: &[String]) -> Result<(), Away> {
        let mut commands = redis::pipe();
        for key in keys {
            let key = self.key(key);
            // a full server still deletes
            commands.del(&key).ignore().set_ex(key, "", MARK_SECONDS).ignore();
        }
        self.connection.ask(async |mut connection| commands.exec_async(&mut connection).await).await
    }

    /// Whether the server answers now.
    pub async fn is_reachable(&self) -> bool {
        let asked =
            self.connection.ask(async |mut connection| redis::cmd("PING").exec_async(&mut connection).await);
        asked.await.is_ok()
    }

    pub(crate) fn key(&self, key: &str) -> String {
        format!("{}:{key}", self.prefix)
    }
}

/// Waits until every copy of what was a fact before is dead, wherever it is.
pub async fn outlive_copies() {
    let life = std::time::Duration::from_secs(LIFE_SECONDS.unsigned_abs() + 1);
    tokio::time::sleep(life).await;
}
