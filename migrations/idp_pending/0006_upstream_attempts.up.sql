-- People who were sent to an upstream provider, and are expected back.
CREATE TABLE upstream_attempts (
    state_hash TEXT PRIMARY KEY,
    -- the browser that was sent; nobody else can come back with it
    browser_hash TEXT NOT NULL,
    -- where it was sent from, as a keyed hash
    source TEXT NOT NULL,
    -- what the answer has to match and where it leads, sealed
    sealed TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX upstream_attempts_by_expiry ON upstream_attempts (expires_at);
CREATE INDEX upstream_attempts_by_source ON upstream_attempts (source, expires_at);

-- What an upstream said about somebody who has no account here, sealed: it waits for a new account or for a sign-in.
ALTER TABLE pending_authorizations ADD COLUMN assertion TEXT;
