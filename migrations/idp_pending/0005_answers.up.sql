-- Which code a request was answered with, as a hash, so that whoever asks again while it is unused gets the same one.
ALTER TABLE pending_authorizations ADD COLUMN code_hash TEXT;
