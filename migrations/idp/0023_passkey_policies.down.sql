ALTER TABLE known_browsers DROP COLUMN passkey_offered_at;
ALTER TABLE passkeys DROP COLUMN attested_model;
