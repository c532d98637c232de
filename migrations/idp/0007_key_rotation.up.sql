-- Since when a signing key is in its state: next (published), active (signing) or retired (published until its last
-- token is dead).
ALTER TABLE signing_keys ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
UPDATE signing_keys SET since = created_at;
-- replicas agree on one successor
CREATE UNIQUE INDEX one_next_key ON signing_keys (algorithm) WHERE state = 'next';
