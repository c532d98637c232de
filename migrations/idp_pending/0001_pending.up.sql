-- State a person can simply start again: half-finished sign-ins, enrolments and set-ups.
CREATE TABLE pending_authorizations (
    id_hash TEXT PRIMARY KEY,
    -- the browser that started it; nobody else can go on with it
    browser_hash TEXT NOT NULL,
    purpose TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- the session that was signed in to, and the account that was chosen or consented, within this request
    authenticated_sid TEXT,
    selected_user TEXT,
    consented_user TEXT,
    completed_at BIGINT
);
CREATE INDEX pending_authorizations_by_expiry ON pending_authorizations (expires_at);

CREATE TABLE pending_enrolments (
    -- the session (sid) or the setup link (hash) and browser the seed belongs to
    owner TEXT PRIMARY KEY,
    seed TEXT NOT NULL,
    -- what a set-up keeps until its factor is confirmed; NULL for an existing account
    account TEXT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX pending_enrolments_by_expiry ON pending_enrolments (expires_at);
