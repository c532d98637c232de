-- The one form in which an address is compared, where it is another than the folded one: the program fills it in after
-- this step, since SQL can't compute it. Two accounts that turn out to have one address are told to the operator.
ALTER TABLE users ADD COLUMN address_key TEXT;
CREATE UNIQUE INDEX users_address ON users ((COALESCE(address_key, email_key)));
