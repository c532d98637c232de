//! Reading a JSON body: it must be declared as JSON and have exactly the expected shape.

use std::{fmt::Display, marker::PhantomData};

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use serde::de::DeserializeOwned;

/// A JSON body. `E` is the service's error type, which gives an invalid body its code.
#[derive(Debug)]
pub struct JsonBody<T, E> {
    /// The parsed body.
    pub value: T,
    /// Hash of its bytes, to distinguish a repeated request from a different one.
    pub hash: String,
    error: PhantomData<fn() -> E>,
}

/// The body is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadBody {
    /// 400, 413, 415 or 422.
    pub status: StatusCode,
    /// What is wrong; never contains the input.
    pub detail: String,
}

impl BadBody {
    /// A body that is well-formed but has impossible content: 422.
    pub fn unprocessable(detail: impl Into<String>) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, detail: detail.into() }
    }
}

impl<T, E, S> FromRequest<S> for JsonBody<T, E>
where
    T: DeserializeOwned,
    E: From<BadBody> + IntoResponse,
    S: Send + Sync,
{
    type Rejection = E;

    async fn from_request(request: Request, state: &S) -> Result<Self, E> {
        let text = read(request, state).await?;
        let value = serde_json::from_str(&text).map_err(|error| malformed(&error))?;
        Ok(Self { value, hash: protocol::secret::hash(&text), error: PhantomData })
    }
}

async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<String, BadBody> {
    if !is_json(request.headers()) {
        return Err(bad(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be application/json."));
    }
    let body = Bytes::from_request(request, state)
        .await
        .map_err(|error| bad(error.status(), "The body is too large or could not be read."))?;
    String::from_utf8(body.into()).map_err(|_| bad(StatusCode::BAD_REQUEST, "The body is not UTF-8."))
}

fn malformed(error: &serde_json::Error) -> BadBody {
    let position = format!("line {}, column {}", error.line(), error.column());
    if error.is_data() {
        let what = "A member is missing, unknown, repeated or of the wrong type";
        BadBody::unprocessable(format!("{what}: {position}."))
    } else {
        bad(StatusCode::BAD_REQUEST, format!("The body is not JSON: {position}."))
    }
}

fn bad(status: StatusCode, detail: impl Display) -> BadBody {
    BadBody { status, detail: detail.to_string() }
}

/// Whether the body is declared as `application/json`, exactly once. An HTML form can't declare that (RP4).
fn is_json(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let essence = value.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
    essence.trim_ascii().eq_ignore_ascii_case(b"application/json")
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, response::Response};
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Input {
        name: String,
    }

    #[derive(Debug)]
    struct Error(BadBody);

    impl From<BadBody> for Error {
        fn from(bad: BadBody) -> Self {
            Self(bad)
        }
    }

    impl IntoResponse for Error {
        fn into_response(self) -> Response {
            (self.0.status, self.0.detail).into_response()
        }
    }

    async fn send(content_types: &[&str], body: &'static [u8]) -> Result<JsonBody<Input, Error>, StatusCode> {
        let mut request = Request::post("/");
        for value in content_types {
            request = request.header(header::CONTENT_TYPE, *value);
        }
        let request = request.body(Body::from(body)).unwrap();
        JsonBody::from_request(request, &()).await.map_err(|Error(bad)| bad.status)
    }

    #[tokio::test]
    async fn rp4_only_what_is_declared_as_json_is_read() {
        for declared in ["application/json", "Application/JSON; charset=utf-8"] {
            assert_eq!(send(&[declared], b"{\"name\":\"a\"}").await.unwrap().value.name, "a");
        }
        for declared in
            [&[][..], &["text/plain"], &["application/jsonp"], &["application/json", "application/json"]]
        {
            let status = send(declared, b"{\"name\":\"a\"}").await.unwrap_err();
            assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{declared:?}");
        }
    }

    #[tokio::test]
    async fn a_body_of_another_shape_is_422_and_one_that_is_no_json_is_400() {
        for body in
            [&b"{}"[..], b"{\"name\":1}", b"{\"name\":\"a\",\"more\":1}", b"{\"name\":\"a\",\"name\":\"b\"}"]
        {
            let status = send(&["application/json"], body).await.unwrap_err();
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{}", String::from_utf8_lossy(body));
        }
        for body in [&b""[..], b"{", b"{\"name\":\"\xff\"}", b"name=a"] {
            let status = send(&["application/json"], body).await.unwrap_err();
            assert_eq!(status, StatusCode::BAD_REQUEST, "{}", String::from_utf8_lossy(body));
        }
    }

    #[tokio::test]
    async fn r3_the_same_bytes_have_the_same_hash() {
        let hash = async |body| send(&["application/json"], body).await.unwrap().hash;
        assert_eq!(hash(b"{\"name\":\"a\"}").await, hash(b"{\"name\":\"a\"}").await);
        assert_ne!(hash(b"{\"name\":\"a\"}").await, hash(b"{ \"name\":\"a\"}").await);
    }
}
