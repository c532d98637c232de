//! Suggestions for unknown names.

/// The least similarity (0 to 1) for a suggestion.
const SIMILAR: f64 = 0.7;

/// The known name most similar to `wanted`, if one is similar enough. A correct last segment in the wrong table is
/// similar enough.
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
