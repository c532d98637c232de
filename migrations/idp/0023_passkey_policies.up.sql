-- The model of an authenticator (AAGUID) that proved by an attestation what it is when the passkey was registered.
ALTER TABLE passkeys ADD COLUMN attested_model TEXT;
-- When a passkey was last offered to an account in a browser after a sign-in with a password, Unix seconds.
ALTER TABLE known_browsers ADD COLUMN passkey_offered_at BIGINT;
