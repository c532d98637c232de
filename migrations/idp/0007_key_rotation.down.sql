DROP INDEX one_next_key;
-- a program of before signs with every active key it finds and publishes the others: they may stay
ALTER TABLE signing_keys DROP COLUMN since;
