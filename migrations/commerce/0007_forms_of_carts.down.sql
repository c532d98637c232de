ALTER TABLE cart_items DROP COLUMN added_by;
