ALTER TABLE content_events DROP COLUMN reason;
ALTER TABLE order_events DROP COLUMN reason;
DROP TABLE people;
