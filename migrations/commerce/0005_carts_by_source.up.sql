-- Where a guest's cart was changed last, as a hash: nobody fills the database with carts. A customer's has none.
ALTER TABLE cart_items ADD COLUMN source TEXT;
CREATE INDEX cart_items_source ON cart_items (source, updated_at) WHERE source IS NOT NULL;
