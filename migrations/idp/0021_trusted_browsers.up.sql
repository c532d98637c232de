-- Browsers whose owner asked not to be asked for a second factor there for a while, after proving one.
ALTER TABLE known_browsers ADD COLUMN trusted_since BIGINT;
ALTER TABLE known_browsers ADD COLUMN trusted_until BIGINT;
ALTER TABLE known_browsers ADD COLUMN user_agent TEXT;
ALTER TABLE known_browsers ADD COLUMN address TEXT;
