DROP INDEX attempts_of_account;
ALTER TABLE attempts DROP COLUMN account_key;
