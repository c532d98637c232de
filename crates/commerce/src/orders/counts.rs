//! Numbers of orders, for the console's overview.

use database::{Db, Result, record, sql};

record! {
    /// Numbers of orders.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Counts {
        /// All orders.
        pub total: i64,
        /// Orders whose goods still have to be packed or shipped.
        pub open: i64,
    }
}

/// Counts the orders of all customers, for staff.
pub async fn counts(db: &Db) -> Result<Counts> {
    sql("SELECT COUNT(*) AS total, COUNT(CASE WHEN fulfilment IN ('new', 'packed') THEN 1 END) AS open FROM orders")
        .one(db)
        .await
}
