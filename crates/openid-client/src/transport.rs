//! Sends the requests of `openidconnect` with our own HTTP client.

use std::{future::Future, pin::Pin, sync::Arc};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use outbound::{Outbound, OutboundError};

/// An HTTP client that follows no redirects and bounds the time and the size of an answer.
#[derive(Debug, Clone)]
pub struct Transport(pub Arc<Outbound>);

impl<'c> AsyncHttpClient<'c> for Transport {
    type Error = OutboundError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, OutboundError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

impl Transport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, OutboundError> {
        let fetched = self.0.send(request).await?;
        let mut response = http::Response::new(fetched.body.to_vec());
        *response.status_mut() = fetched.status;
        *response.headers_mut() = fetched.headers;
        Ok(response)
    }
}
