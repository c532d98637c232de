-- Accounts, their roles and their second factors.
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    -- the folded address: what decides whether two are the same
    email_key TEXT NOT NULL UNIQUE,
    email_verified_at BIGINT,
    password_hash TEXT,
    -- standard claims as a JSON object (OIDC Core 5.1)
    claims TEXT NOT NULL,
    team TEXT,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE user_roles (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, role)
);

CREATE TABLE totp_factors (
    user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- sealed under the realm's key-encryption key
    seed TEXT NOT NULL,
    -- the newest time step a code was accepted for: no step counts twice
    last_step BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE setup_links (
    link_hash TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
