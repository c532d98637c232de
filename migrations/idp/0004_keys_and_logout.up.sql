-- Signing keys, logout deliveries and the audit trail.
CREATE TABLE signing_keys (
    kid TEXT PRIMARY KEY,
    algorithm TEXT NOT NULL,
    -- next, active or retired
    state TEXT NOT NULL,
    -- the private JWK, sealed under the realm's key-encryption key
    private_key TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
-- replicas that start together agree on one key
CREATE UNIQUE INDEX one_active_key ON signing_keys (algorithm) WHERE state = 'active';

-- The outbox of back-channel logout.
CREATE TABLE logout_deliveries (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    sid TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX logout_deliveries_due ON logout_deliveries (next_at) WHERE done_at IS NULL;

CREATE TABLE audit_events (
    id TEXT PRIMARY KEY,
    happened_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT,
    client_id TEXT,
    address TEXT,
    request_id TEXT,
    detail TEXT
);
CREATE INDEX audit_events_by_time ON audit_events (happened_at);
