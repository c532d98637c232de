-- Forms whose sender has to sign in again first. Sealed, and kept for a quarter of an hour.
CREATE TABLE bff_kept_forms (
  id_hash TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  sealed TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX bff_kept_forms_person ON bff_kept_forms (person, expires_at);
CREATE INDEX bff_kept_forms_expiry ON bff_kept_forms (expires_at);
