-- The model of an authenticator (AAGUID) that proved by an attestation what it is when the passkey was registered.
ALTER TABLE passkeys ADD COLUMN attested_model TEXT;
