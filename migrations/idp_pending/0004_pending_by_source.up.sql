-- Where a half-finished sign-in was begun, as a keyed hash: nobody fills the database by beginning many.
ALTER TABLE pending_authorizations ADD COLUMN source TEXT;
CREATE INDEX pending_authorizations_by_source ON pending_authorizations (source, created_at);
