-- What `preferred_username` says: unique in the realm, none while an account of before has not got one yet.
ALTER TABLE users ADD COLUMN username TEXT;
CREATE UNIQUE INDEX users_username ON users (username);
