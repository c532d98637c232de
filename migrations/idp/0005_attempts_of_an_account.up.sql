-- Whose attempts are counted, as a keyed hash: an operator can end every wait of one account. A count that many
-- accounts share has none.
ALTER TABLE attempts ADD COLUMN account_key TEXT;
CREATE INDEX attempts_of_account ON attempts (account_key);
