//! Routes to handlers of which only the signature is left.
//!
//! axum wraps each handler in a dozen generic types, and for each of them the compiler proves again that the handler's
//! future is `Send`. That was a third of the time in which a service is compiled; here it is proved once per handler.

use std::{pin::Pin, sync::Arc};

use axum::{
    extract::Request,
    handler::Handler,
    response::Response,
    routing::{MethodFilter, MethodRouter, on},
};

/// Routes GET and HEAD requests to a handler.
pub fn get<H: Handler<T, S>, T: 'static, S: State>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::GET, Endpoint::new(handler))
}

/// Routes POST requests to a handler.
pub fn post<H: Handler<T, S>, T: 'static, S: State>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::POST, Endpoint::new(handler))
}

/// Routes PUT requests to a handler.
pub fn put<H: Handler<T, S>, T: 'static, S: State>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::PUT, Endpoint::new(handler))
}

/// Routes DELETE requests to a handler.
pub fn delete<H: Handler<T, S>, T: 'static, S: State>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::DELETE, Endpoint::new(handler))
}

/// Routes OPTIONS requests to a handler.
pub fn options<H: Handler<T, S>, T: 'static, S: State>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::OPTIONS, Endpoint::new(handler))
}

/// What handlers share.
pub trait State: Clone + Send + Sync + 'static {}
impl<S: Clone + Send + Sync + 'static> State for S {}

type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

struct Endpoint<S>(Arc<dyn Fn(Request, S) -> Answer + Send + Sync>);

impl<S: State> Endpoint<S> {
    fn new<H: Handler<T, S>, T: 'static>(handler: H) -> Self {
        Self(Arc::new(move |request, state| Box::pin(handler.clone().call(request, state))))
    }
}

impl<S: State> Handler<(), S> for Endpoint<S> {
    type Future = Answer;

    fn call(self, request: Request, state: S) -> Answer {
        (self.0)(request, state)
    }
}

impl<S> Clone for Endpoint<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
