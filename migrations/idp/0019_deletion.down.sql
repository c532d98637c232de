DROP INDEX users_to_delete;
ALTER TABLE users DROP COLUMN deletion_at;
