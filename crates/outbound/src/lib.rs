//! The only client for calls to other servers (PAGE-3). It has a time-out and a size limit, follows no redirects and
//! uses no proxy. It calls private addresses only when the operator has named them.

mod address;
pub mod cached;
mod resolver;
mod tls;

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, net::IpAddr, path::PathBuf, sync::Arc, time::Duration};

use address::is_public;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, header};
use resolver::{Guard, Private};
use url::{Host, Url};

/// What outbound calls may do.
#[derive(Debug, Clone)]
pub struct OutboundPolicy {
    /// Hosts, by name or address, that may have private addresses and may be called by plain http.
    pub allowed_private_hosts: Vec<String>,
    /// Time limit of the whole call, from name resolution to the last byte.
    pub timeout: Duration,
    /// Largest body of an answer, in bytes.
    pub max_bytes: usize,
    /// PEM file with additional certificate authorities.
    pub extra_ca: Option<PathBuf>,
}

impl Default for OutboundPolicy {
    fn default() -> Self {
        Self {
            allowed_private_hosts: Vec::new(),
            timeout: Duration::from_secs(5),
            max_bytes: 256 * 1024,
            extra_ca: None,
        }
    }
}

/// Why a call failed. The errors contain no URL, because URLs can contain secrets.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// The client can't be set up.
    #[error("outbound calls can't be set up: {0}")]
    Setup(String),
    /// Not an absolute https URL without user information.
    #[error("the URL can't be called")]
    BadUrl,
    /// The host is private, or would be called by plain http, and the policy doesn't name it.
    #[error("the host is private or plain http, and not allowed by name")]
    Refused,
    /// No complete answer in time.
    #[error("the call timed out")]
    TimedOut,
    /// The answer is larger than the policy permits.
    #[error("the answer is too large")]
    TooLarge,
    /// No connection, or a broken one.
    #[error("the call failed: {0}")]
    Failed(String),
}

/// An answer. A redirect is returned as an answer too.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The status code.
    pub status: StatusCode,
    /// All headers.
    pub headers: HeaderMap,
    /// The complete body.
    pub body: Bytes,
}

/// The client. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Outbound {
    client: reqwest::Client,
    allowed: Arc<BTreeSet<String>>,
    max_bytes: usize,
}

impl Outbound {
    /// A client under `policy`.
    ///
    /// # Errors
    /// [`OutboundError::Setup`] when the extra CA file can't be used.
    #[expect(clippy::disallowed_methods, reason = "this is the guarded client")]
    pub fn new(policy: &OutboundPolicy) -> Result<Self, OutboundError> {
        let allowed: BTreeSet<String> =
            policy.allowed_private_hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        let allowed = Arc::new(allowed);
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(policy.extra_ca.as_deref())?)
            .dns_resolver(Guard { allowed: Arc::clone(&allowed) })
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .timeout(policy.timeout)
            .user_agent("realmkeep")
            .build()
            .map_err(|error| OutboundError::Setup(error.to_string()))?;
        Ok(Self { client, allowed, max_bytes: policy.max_bytes })
    }

    /// Fetches a URL.
    ///
    /// # Errors
    /// [`OutboundError`]. A status of 400 and above is not an error.
    pub async fn get(&self, url: &str) -> Result<Fetched, OutboundError> {
        self.send(request(Method::GET, url, HeaderMap::new(), Vec::new())?).await
    }

    /// Posts a form.
    ///
    /// # Errors
    /// As [`Outbound::get`].
    pub async fn post_form(
        &self,
        url: &str,
        form: &[(&str, &str)],
        mut headers: HeaderMap,
    ) -> Result<Fetched, OutboundError> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let content_type = header::HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(header::CONTENT_TYPE, content_type);
        self.send(request(Method::POST, url, headers, body.into_bytes())?).await
    }

    /// Sends any request, as libraries with pluggable clients make them.
    ///
    /// # Errors
    /// As [`Outbound::get`].
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Fetched, OutboundError> {
        let request = reqwest::Request::try_from(request).map_err(|_| OutboundError::BadUrl)?;
        self.check(request.url())?;
        let mut response = self.client.execute(request).await.map_err(|error| classify(&error))?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| classify(&error))? {
            if body.len() + chunk.len() > self.max_bytes {
                return Err(OutboundError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let headers = std::mem::take(response.headers_mut());
        Ok(Fetched { status: response.status(), headers, body: body.into() })
    }

    /// Checks a URL before its name is resolved. Hosts that are written as addresses never reach the resolver.
    fn check(&self, url: &Url) -> Result<(), OutboundError> {
        let host = url.host().ok_or(OutboundError::BadUrl)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(OutboundError::BadUrl);
        }
        let (name, private) = match host {
            Host::Domain(name) => (name.to_ascii_lowercase(), false),
            Host::Ipv4(address) => (address.to_string(), !is_public(IpAddr::V4(address))),
            Host::Ipv6(address) => (address.to_string(), !is_public(IpAddr::V6(address))),
        };
        match url.scheme() {
            "https" if !private => Ok(()),
            "https" | "http" if self.allowed.contains(&name) => Ok(()),
            "https" | "http" => Err(OutboundError::Refused),
            _ => Err(OutboundError::BadUrl),
        }
    }
}

fn request(
    method: Method,
    url: &str,
    headers: HeaderMap,
    body: Vec<u8>,
) -> Result<Request<Vec<u8>>, OutboundError> {
    let request = Request::builder().method(method).uri(url).body(body);
    let mut request = request.map_err(|_| OutboundError::BadUrl)?;
    *request.headers_mut() = headers;
    Ok(request)
}

fn classify(error: &reqwest::Error) -> OutboundError {
    let causes =
        || std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |error| error.source());
    if causes().any(<dyn std::error::Error + 'static>::is::<Private>) {
        OutboundError::Refused
    } else if error.is_timeout() {
        OutboundError::TimedOut
    } else {
        // The outermost error's text contains the URL; the innermost is the reason.
        OutboundError::Failed(causes().last().map(ToString::to_string).unwrap_or_default())
    }
}
