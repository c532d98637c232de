-- The language of pages and mails that an account's owner chose, or in which they made it (BCP 47); null for neither.
ALTER TABLE users ADD COLUMN language TEXT;
