//! A person's data: a copy of it, and leaving.

use askama::Template;

use super::{Frame, filters};

/// Leads to a copy of everything that is held about the person, and to leaving.
#[derive(Debug, Clone, Template)]
#[template(path = "data.html")]
pub struct DataPage {
    pub frame: Frame,
    /// Where the copy is.
    pub export_url: String,
    /// Where to delete the account, where people may do that.
    pub delete_url: Option<String>,
    /// Back to the account.
    pub account_url: String,
}

/// Asks before the account goes. Posts `csrf` alone.
#[derive(Debug, Clone, Template)]
#[template(path = "delete.html")]
pub struct DeletePage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// After how many days it is deleted for good.
    pub days: i64,
    /// Back without deleting it.
    pub data_url: String,
}
