//! Extractors: who sends a request, and a form, which must come from a page of this realm.

use std::sync::Arc;

use axum::{
    RequestExt as _,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use protocol::params::Params;
use web::{
    csrf,
    edge::RequestId,
    params::{FormParams, ParamsRejection},
};

use super::{context::Context, error, respond};
use crate::{
    flow::{
        self, Error,
        client_call::Caller,
        once::{self, Before},
    },
    paths::{self, page_of_form},
    realm::Realm,
    session::{
        self, Origin, Visit,
        submission::{self, Submission},
    },
};

/// How many bytes of the `User-Agent` header are kept.
const USER_AGENT: usize = 200;

impl FromRequestParts<Arc<Realm>> for Context {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, realm: &Arc<Realm>) -> Result<Self, Response> {
        let caller = caller(parts, realm);
        let user_agent: String = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .chars()
            .take(USER_AGENT)
            .collect();
        let origin = Origin { address: caller.address, user_agent };
        match Visit::recognise(realm, &parts.headers, origin, caller.request_id.clone()).await {
            Ok(visit) => {
                let (path, binds) = (parts.uri.path().to_owned(), parts.method.is_safe());
                let here = if binds {
                    parts.uri.path_and_query().map(ToString::to_string)
                } else {
                    page_of_form(&path)
                };
                let here = here.unwrap_or_else(|| paths::HOME.to_owned());
                Ok(Self { realm: realm.clone(), visit, path, here, binds })
            }
            Err(failure) => {
                let language = session::language::language(realm, &parts.headers, None);
                Err(error::plain(realm, &caller.request_id, language, failure.into()))
            }
        }
    }
}

/// A form that this browser got from this realm: it carries the token of its session, and no other site sent it (RP4).
#[derive(Debug)]
pub struct Form {
    /// The browser that sent it, and the realm.
    pub context: Context,
    /// The fields. No name occurs twice.
    pub params: Params,
}

impl Form {
    /// The value of a field; empty when it is absent.
    pub fn field(&self, name: &str) -> &str {
        self.params.first(name).unwrap_or_default()
    }
}

impl FromRequest<Arc<Realm>> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, realm: &Arc<Realm>) -> Result<Self, Response> {
        let (mut parts, body) = request.with_limited_body().into_parts();
        let context = Context::from_request_parts(&mut parts, realm).await?;
        let filled = FormParams::typed(&parts.headers, body).await;
        Self::judged(context, &parts.headers, filled).await.map_err(|refusal| *refusal)
    }
}

impl Form {
    /// Checks a form. A form that was handled before is not handled again: it gets the answer of the first time (Q5).
    pub async fn judged(
        mut context: Context,
        headers: &HeaderMap,
        filled: Result<FormParams, ParamsRejection>,
    ) -> Result<Self, Box<Response>> {
        let refuse = |context: &Context, answer| Err(Box::new(context.finish(answer)));
        let params = match filled {
            Ok(FormParams(params)) => params,
            Err(rejection) => return refuse(&context, Ok(error::bad_form(&context, &rejection))),
        };
        if let Err(refusal) = params.check_no_repeats() {
            return refuse(&context, Err(refusal.into()));
        }
        let foreign = sent_by_another_site(headers, &context.realm.config.issuer);
        if !foreign {
            let visit = &mut context.visit;
            visit.submission = Submission::of(&visit.browser, &context.path, &params);
            match once::before(&context.realm, &context.visit).await {
                Ok(Before::Nothing) => {}
                Ok(Before::Past) => context.visit.submission = None,
                Ok(Before::Led(outcome)) => return refuse(&context, respond::outcome(&context, outcome)),
                Err(failure) => return refuse(&context, Err(failure)),
            }
        }
        let token = params.first(submission::TOKEN).unwrap_or_default();
        if foreign || !context.visit.csrf_matches(&context.realm, token) {
            tracing::warn!(foreign, "a form without this browser's token was refused");
            return refuse(&context, Ok(error::stale_form(&context)));
        }
        Ok(Self { context, params })
    }

    /// The response to the use case's result. If this request did not settle the form, a parallel request with the same
    /// form may have: then its outcome is the response.
    pub async fn finish(&self, result: flow::Result<Response>) -> Response {
        let context = &self.context;
        let failed = matches!(&result, Err(failure) if !matches!(failure, Error::Repeated));
        if failed || context.visit.has_settled() {
            return context.finish(result);
        }
        match once::beside(&context.realm, &context.visit).await {
            Ok(Some(outcome)) => context.finish(respond::outcome(context, outcome)),
            _ => context.finish(result),
        }
    }
}

/// Whether the browser says that another site sent this request. Browsers that say nothing (old ones, and programs) are
/// judged by the form token alone. So are those that send only `Origin: null`: this realm's own forms are sent with it,
/// because its pages have `Referrer-Policy: no-referrer`.
fn sent_by_another_site(headers: &HeaderMap, issuer: &str) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let silent = match (origins.next(), origins.next()) {
        (None, _) => true,
        (Some(origin), None) => origin == "null",
        _ => false,
    };
    let says = headers.contains_key("sec-fetch-site") || !silent;
    says && !csrf::same_origin(headers, issuer)
}

/// The caller: its request id, and the address of the TCP peer or the one that a trusted proxy reports.
pub fn caller(parts: &Parts, realm: &Realm) -> Caller {
    let request_id = parts.extensions.get::<RequestId>().cloned().unwrap_or_default().0;
    let address = realm.config.listener.proxies.client(&parts.extensions, &parts.headers);
    Caller { address, request_id }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn rp4_another_site_is_one_that_the_browser_names() {
        let table: [(&[(&str, &str)], bool); 11] = [
            (&[], false),
            (&[("origin", "null")], false),
            (&[("origin", "https://id.example")], false),
            (&[("sec-fetch-site", "same-origin"), ("origin", "null")], false),
            (&[("origin", "null"), ("origin", "null")], true),
            (&[("origin", "null"), ("origin", "https://id.example")], true),
            (&[("origin", "https://evil.example")], true),
            (&[("sec-fetch-site", "cross-site")], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "null")], true),
            (&[("sec-fetch-site", "same-site"), ("origin", "null")], true),
            (&[("sec-fetch-site", "none"), ("origin", "null")], true),
        ];
        for (sent, foreign) in table {
            let mut headers = HeaderMap::new();
            for (name, value) in sent {
                headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            assert_eq!(sent_by_another_site(&headers, "https://id.example"), foreign, "{sent:?}");
        }
    }
}
