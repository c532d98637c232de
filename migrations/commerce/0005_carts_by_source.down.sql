DROP INDEX cart_items_source;
ALTER TABLE cart_items DROP COLUMN source;
