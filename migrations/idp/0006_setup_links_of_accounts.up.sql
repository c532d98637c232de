-- The account a link leads back into; without one it makes a new account.
ALTER TABLE setup_links ADD COLUMN user_id TEXT;
