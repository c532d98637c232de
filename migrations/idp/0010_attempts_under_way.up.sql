-- Attempts whose verdict isn't known yet. One becomes a failure when its verdict is stored; one that could not be judged
-- is nobody's failure, at the latest when it lapses.
CREATE TABLE attempts_under_way (
    attempt_key TEXT NOT NULL,
    attempt_id TEXT NOT NULL,
    lapses_at BIGINT NOT NULL,
    PRIMARY KEY (attempt_key, attempt_id)
);
CREATE INDEX attempts_under_way_by_id ON attempts_under_way (attempt_id);
CREATE INDEX attempts_under_way_by_lapse ON attempts_under_way (lapses_at);
-- When a second factor of the account was last proved in this browser.
ALTER TABLE known_browsers ADD COLUMN factor_at BIGINT;
