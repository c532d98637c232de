-- The form that added to a line last, so that the same form again adds nothing.
ALTER TABLE cart_items ADD COLUMN added_by TEXT;
