//! The discovery document and the key set.

use url::Url;

use super::{Operation, Setting};
use crate::{
    http::{Connection, Failure},
    provider::client::fetch,
    work::{Progress, Work},
};

/// Fetches one document again and again.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    url: Url,
}

impl Reader {
    /// Somebody who reads that document.
    pub fn new(connection: Connection, url: Url) -> Self {
        Self { connection, url }
    }
}

impl Work for Reader {
    async fn once(&mut self) -> Result<Progress, Failure> {
        fetch(&mut self.connection, &self.url).await.map(|()| Progress::Done)
    }
}

/// Readers of the document an operation is about.
pub fn workers(operation: Operation, setting: &Setting) -> Vec<Reader> {
    let metadata = &setting.provider.metadata;
    let keys = &metadata.jwks_uri;
    let document = metadata.document.as_ref().filter(|_| operation == Operation::Discovery);
    let url = document.unwrap_or(keys);
    setting.connections().map(|connection| Reader::new(connection, url.clone())).collect()
}
