-- The language that an account's owner chose for pages and mails (BCP 47); null while they chose none.
ALTER TABLE users ADD COLUMN language TEXT;
