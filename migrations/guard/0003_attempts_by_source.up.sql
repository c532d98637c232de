-- Where a sign-in was started, as a keyed hash: nobody fills the database by starting many.
ALTER TABLE bff_attempts ADD COLUMN source TEXT;
CREATE INDEX bff_attempts_source ON bff_attempts (source, expires_at);
