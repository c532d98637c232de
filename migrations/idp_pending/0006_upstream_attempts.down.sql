ALTER TABLE pending_authorizations DROP COLUMN assertion;
DROP TABLE upstream_attempts;
