ALTER TABLE pending_authorizations DROP COLUMN code_hash;
