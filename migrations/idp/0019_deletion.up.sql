-- When an account whose owner wants to leave is deleted for good; none for all others. Until then its owner can come back.
ALTER TABLE users ADD COLUMN deletion_at BIGINT;
CREATE INDEX users_to_delete ON users (deletion_at) WHERE deletion_at IS NOT NULL;
