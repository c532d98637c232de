//! Ids and slugs in paths: other text never reaches the database.

use axum::{
    extract::{FromRequestParts, Path},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use problem::Problem;

/// Longer than any id or slug of this system.
const MAX_WORD: usize = 100;

/// The one parameter of a path, an id or a slug: at most 100 lower-case letters, digits and hyphens.
#[derive(Debug)]
pub struct Word(pub String);

impl Word {
    /// Whether a text can be an id or a slug.
    pub fn is_word(text: &str) -> bool {
        let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=MAX_WORD).contains(&text.len()) && text.bytes().all(fine)
    }
}

/// The text in the path is no [`Word`], so nothing can be there. A service maps it to its own page; the default is 404
/// as problem+json.
#[derive(Debug, Clone, Copy)]
pub struct NotAWord;

impl IntoResponse for NotAWord {
    fn into_response(self) -> Response {
        Problem::new(StatusCode::NOT_FOUND, "not_found", "Not found")
            .detail("There is nothing at this address.")
            .into_response()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Word {
    type Rejection = NotAWord;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NotAWord> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| NotAWord)?;
        if Self::is_word(&text) { Ok(Self(text)) } else { Err(NotAWord) }
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, extract::Request, http::header::CONTENT_TYPE, routing::get};
    use tower::ServiceExt as _;

    use super::*;

    async fn answer(word: &str) -> Response {
        let router = Router::new().route("/{id}", get(|Word(id): Word| async { id }));
        router.oneshot(Request::get(format!("/{word}")).body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn e5_what_can_not_be_an_id_is_404_as_a_problem() {
        let long = "a".repeat(MAX_WORD + 1);
        for wrong in ["%ff", "%00", "%2e%2e", "a%2fb", "A", "a_b", "%20", "%C3%A4", &long] {
            let answer = answer(wrong).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{wrong}");
            assert_eq!(answer.headers()[CONTENT_TYPE], "application/problem+json", "{wrong}");
        }
    }

    #[tokio::test]
    async fn ids_and_slugs_are_words() {
        for right in
            ["a", "0", "stoneware-mug", "019a9f5e-5b3c-7c3e-9d7a-0123456789ab", &"a".repeat(MAX_WORD)]
        {
            assert_eq!(answer(right).await.status(), StatusCode::OK, "{right}");
        }
    }
}
