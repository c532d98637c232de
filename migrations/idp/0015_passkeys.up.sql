-- Passkeys: public keys of devices, by which their owners sign in.
CREATE TABLE passkeys (
    -- the id that the authenticator chose, base64url: never that of two accounts
    credential_id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    -- public key, flags and transports as JSON
    credential TEXT NOT NULL,
    -- the newest value of the authenticator's counter; 0 when it has none
    sign_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX passkeys_of_user ON passkeys (user_id);

-- Challenges that an authenticator has answered: none is accepted twice.
CREATE TABLE used_challenges (
    -- a random name of the ceremony
    challenge TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX used_challenges_by_expiry ON used_challenges (expires_at);
