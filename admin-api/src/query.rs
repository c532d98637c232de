//! Parameters of lists in the query string: the same for the API and the console (C1, R6).

use commerce::{
    content::{State, list},
    orders::{Filter, Fulfilment, Payment},
    page::{Cursor, MAX_LIMIT, Window},
};
use protocol::params::Params;

use crate::error::Error;

const DEFAULT_LIMIT: i64 = 25;

/// Parses the parameters of the list of content pages: `q`, `state`, `sort`, `after`, `limit`.
pub fn content(params: &Params) -> Result<list::Query, Error> {
    Ok(list::Query {
        search: word(params, "q", search)?.unwrap_or_default(),
        state: word(params, "state", State::parse)?,
        sort: word(params, "sort", list::Sort::parse)?.unwrap_or_default(),
        after: word(params, "after", list::Cursor::parse)?,
        limit: limit(params)?,
    })
}

/// Parses the parameters of the list of orders: `payment`, `fulfilment`, `after`, `limit`.
pub fn orders(params: &Params) -> Result<(Filter, Window), Error> {
    let filter = Filter {
        payment: word(params, "payment", Payment::parse)?,
        fulfilment: word(params, "fulfilment", Fulfilment::parse)?,
    };
    Ok((filter, Window { after: word(params, "after", Cursor::parse)?, limit: limit(params)? }))
}

/// The URL of the next page: the same parameters with another cursor.
pub fn next(path: &str, params: &Params, cursor: &str) -> String {
    let kept = params.pairs().iter().filter(|(name, value)| name != "after" && !value.is_empty());
    let pairs = kept.map(|(name, value)| (name.as_str(), value.as_str())).chain([("after", cursor)]);
    format!("{path}?{}", pairs.collect::<Params>().encode())
}

fn search(text: &str) -> Option<String> {
    (text.chars().count() <= list::MAX_SEARCH).then(|| text.to_owned())
}

fn limit(params: &Params) -> Result<i64, Error> {
    let parse = |text: &str| text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
    Ok(word(params, "limit", parse)?.unwrap_or(DEFAULT_LIMIT))
}

fn word<T>(
    params: &Params,
    name: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Error> {
    match params.one(name) {
        Ok(Some(text)) => parse(text).map(Some).ok_or(Error::BadQuery(name)),
        Ok(None) => Ok(None),
        Err(_) => Err(Error::BadQuery(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(raw: &str) -> Params {
        Params::parse(raw.as_bytes()).unwrap()
    }

    #[test]
    fn r6_a_query_with_an_unknown_word_names_the_parameter() {
        for (raw, name) in [
            ("state=gone", "state"),
            ("sort=title", "sort"),
            ("after=xx", "after"),
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=1&limit=2", "limit"),
        ] {
            assert!(matches!(content(&params(raw)), Err(Error::BadQuery(bad)) if bad == name), "{raw}");
        }
        for (raw, name) in [("payment=x", "payment"), ("fulfilment=x", "fulfilment"), ("after=x", "after")] {
            assert!(matches!(orders(&params(raw)), Err(Error::BadQuery(bad)) if bad == name), "{raw}");
        }
    }

    #[test]
    fn e5_a_search_has_at_most_100_characters() {
        let query = |length| content(&params(&format!("q={}", "%C3%A4".repeat(length))));
        assert_eq!(query(100).unwrap().search.chars().count(), 100);
        assert!(matches!(query(101), Err(Error::BadQuery("q"))));
    }

    #[test]
    fn c1_the_next_page_keeps_the_filters() {
        let here = params("q=a+b&state=&after=old&limit=5");
        assert_eq!(next("/content", &here, "new"), "/content?q=a+b&limit=5&after=new");
    }
}
