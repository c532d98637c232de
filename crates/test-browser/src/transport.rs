//! How the requests of a browser reach a server.

use std::{convert::Infallible, future::Future};

use axum::{Router, body::Body};
use bytes::Bytes;
use http::{Request, Response, Uri, header::HOST};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use url::Url;

use crate::Page;

/// Sends requests with absolute URLs. It doesn't follow redirects and keeps no cookies.
pub trait Transport {
    /// Why there was no answer.
    type Error;

    /// Sends a request and reads the whole answer.
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, Self::Error>> + Send;
}

/// Sends a request unchanged to a router in this process, like a program that isn't a browser.
pub async fn send(router: &Router, request: Request<Body>) -> Page {
    let url = Url::parse("http://localhost/").and_then(|here| here.join(&request.uri().to_string()));
    Page::new(url.expect("a URL"), answer(router, request).await)
}

async fn answer(router: &Router, request: Request<Body>) -> Response<Bytes> {
    let Ok(answer) = router.clone().oneshot(request).await;
    let (head, body) = answer.into_parts();
    Response::from_parts(head, body.collect().await.expect("a whole body").to_bytes())
}

/// A router in this process gets requests in the form of a listener: a path, and the authority in `Host`.
impl Transport for Router {
    type Error = Infallible;

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Infallible> {
        let (mut head, body) = request.into_parts();
        if let Some(host) = head.uri.authority().and_then(|authority| authority.as_str().parse().ok()) {
            head.headers.insert(HOST, host);
        }
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        head.uri = path.parse::<Uri>().expect("a path");
        Ok(answer(self, Request::from_parts(head, Body::from(body))).await)
    }
}

/// Requests over sockets.
impl Transport for reqwest::Client {
    type Error = reqwest::Error;

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, reqwest::Error> {
        let answer: Response<reqwest::Body> = self.execute(request.try_into()?).await?.into();
        let (head, body) = answer.into_parts();
        Ok(Response::from_parts(head, body.collect().await?.to_bytes()))
    }
}
