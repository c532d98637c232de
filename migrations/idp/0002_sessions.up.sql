-- Sessions at the provider, the browsers they came from, and failed attempts.
CREATE TABLE sessions (
    -- SHA-256 of the cookie's value; replaced at every change of privilege
    id_hash TEXT PRIMARY KEY,
    -- the session's public name in tokens; stays when the id is replaced
    sid TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    auth_time BIGINT NOT NULL,
    amr TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL
);
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- A browser somebody signed in from before: its attempts are counted apart, so that a stranger's failures
-- don't lock the owner out.
CREATE TABLE known_browsers (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    browser_hash TEXT NOT NULL,
    last_used_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, browser_hash)
);

CREATE TABLE attempts (
    -- what is counted: an account from one source, an account, an address, a second factor; a hash
    attempt_key TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE INDEX attempts_by_time ON attempts (last_at);
