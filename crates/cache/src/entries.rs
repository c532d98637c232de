//! Short-lived copies of data from the database.

use std::sync::Arc;

use redis::{ExistenceCheck, SetExpiry, SetOptions};

use crate::{AddressError, Away, CacheUrl, connection::SharedConnection};

/// How long a copy may be used after it was read from the database, in seconds.
pub const LIFE_SECONDS: i64 = 2;
/// How long the mark of an ended copy prevents a late copy, in seconds. It is longer than any such copy would be used.
const MARK_SECONDS: u64 = 10;

/// Copies that all replicas share, under one prefix. Redis permissions by prefix keep other users of the server from
/// reading and writing them.
#[derive(Debug, Clone)]
pub struct Cache {
    pub(crate) connection: Arc<SharedConnection>,
    prefix: Arc<str>,
}

impl Cache {
    /// A cache whose keys begin with `prefix` and a colon. An unreachable server is no error: it is used once it is
    /// back.
    ///
    /// # Errors
    /// The address is not usable.
    pub async fn open(url: &CacheUrl, prefix: &str) -> Result<Self, AddressError> {
        let connection = SharedConnection::new(url.client()?);
        connection.connect().await;
        Ok(Self { connection, prefix: prefix.into() })
    }

    /// As [`Cache::open`]; `None` when no server is configured.
    ///
    /// # Errors
    /// The address is not usable.
    pub async fn open_any(url: Option<&CacheUrl>, prefix: &str) -> Result<Option<Self>, AddressError> {
        match url {
            Some(url) => Self::open(url, prefix).await.map(Some),
            None => Ok(None),
        }
    }

    /// The copy under this key, if there is one.
    pub async fn get(&self, key: &str) -> Option<String> {
        let key = self.key(key);
        let found: Result<Option<Vec<u8>>, Away> = self
            .connection
            .ask(async |mut connection| redis::cmd("GET").arg(&key).query_async(&mut connection).await)
            .await;
        found.ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok()).filter(|text| !text.is_empty())
    }

    /// Stores a copy for [`LIFE_SECONDS`], unless there is one or the key was ended a moment ago. A failure is ignored:
    /// it only costs time later.
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

    /// Ends copies for all replicas, after the data has changed. When this returns, no replica uses the old copies.
    ///
    /// When Redis can't end them, this waits until they have expired. So the change is effective everywhere before the
    /// caller reports it.
    pub async fn end(&self, keys: &[String]) {
        if !keys.is_empty() && self.mark(keys).await.is_err() {
            outlive_copies().await;
        }
    }

    /// Replaces each copy by a mark. The mark prevents a copy of the old data, read before the change, from being
    /// stored after it.
    async fn mark(&self, keys: &[String]) -> Result<(), Away> {
        let mut commands = redis::pipe();
        for key in keys {
            let key = self.key(key);
            // a server without free memory still deletes
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

/// Waits until every copy of the old data has expired, on every replica.
pub async fn outlive_copies() {
    let life = std::time::Duration::from_secs(LIFE_SECONDS.unsigned_abs() + 1);
    tokio::time::sleep(life).await;
}
