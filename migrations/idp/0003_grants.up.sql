-- What was granted to clients: one row from the code to the last refresh.
CREATE TABLE grants (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sid TEXT NOT NULL,
    scope TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    nonce TEXT,
    code_challenge TEXT,
    claims TEXT NOT NULL,
    auth_time BIGINT NOT NULL,
    acr TEXT NOT NULL,
    amr TEXT NOT NULL,
    code_hash TEXT NOT NULL UNIQUE,
    code_expires_at BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    redeemed_at BIGINT,
    -- the refresh token that counts, and since when
    generation BIGINT NOT NULL,
    generation_at BIGINT NOT NULL,
    -- idle and absolute end of the refresh token's life
    refresh_expires_at BIGINT NOT NULL,
    refresh_absolute_at BIGINT NOT NULL,
    revoked_at BIGINT,
    revoked_reason TEXT
);
CREATE INDEX grants_of_session ON grants (sid);
CREATE INDEX grants_of_user ON grants (user_id, client_id);
CREATE INDEX grants_by_expiry ON grants (refresh_absolute_at);

CREATE TABLE consents (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, client_id)
);

-- Access tokens without a grant (client credentials) that were revoked before their end.
CREATE TABLE revoked_tokens (
    jti TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX revoked_tokens_by_expiry ON revoked_tokens (expires_at);
