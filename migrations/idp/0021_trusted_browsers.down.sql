ALTER TABLE known_browsers DROP COLUMN address;
ALTER TABLE known_browsers DROP COLUMN user_agent;
ALTER TABLE known_browsers DROP COLUMN trusted_until;
ALTER TABLE known_browsers DROP COLUMN trusted_since;
