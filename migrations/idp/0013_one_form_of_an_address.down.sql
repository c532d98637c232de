DROP INDEX users_address;
ALTER TABLE users DROP COLUMN address_key;
