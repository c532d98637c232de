//! What somebody meant who wrote a name that isn't known.

/// Below this similarity (0 to 1) a suggestion would be a guess.
const SIMILAR: f64 = 0.7;

/// The known name most like `wanted`, if one is like it at all. A right last segment in the wrong table counts as near.
pub(super) fn nearest<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let last = |path: &str| path.rsplit('.').next().map(str::to_owned);
    names
        .map(|name| {
            let same_key = if last(name) == last(wanted) { SIMILAR } else { 0.0 };
            (strsim::normalized_damerau_levenshtein(wanted, name).max(same_key), name)
        })
        .filter(|(likeness, _)| *likeness >= SIMILAR)
        .max_by(|one, two| one.0.total_cmp(&two.0))
        .map(|(_, name)| name)
}
