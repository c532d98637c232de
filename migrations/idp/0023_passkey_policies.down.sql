ALTER TABLE passkeys DROP COLUMN attested_model;
