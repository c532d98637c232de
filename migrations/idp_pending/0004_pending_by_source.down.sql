DROP INDEX pending_authorizations_by_source;
ALTER TABLE pending_authorizations DROP COLUMN source;
