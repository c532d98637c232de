-- Accounts of upstream providers, by which people sign in here.
CREATE TABLE upstream_identities (
    id TEXT PRIMARY KEY,
    -- the id of the upstream in the realm file, its issuer, and its subject: never two accounts here
    upstream TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- the address that the upstream told when it was connected, for its owner's list
    email TEXT,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    -- when it was taken away: an address that the upstream vouches for does not bring it back
    severed_at BIGINT,
    UNIQUE (upstream, issuer, subject)
);
CREATE INDEX upstream_identities_of_user ON upstream_identities (user_id);
