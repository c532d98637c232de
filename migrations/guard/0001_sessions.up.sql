-- Sign-ins under way: what the callback needs to finish one. Single use, ten minutes.
CREATE TABLE bff_attempts (
  state_hash TEXT PRIMARY KEY,
  visitor_hash TEXT NOT NULL,
  sealed TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX bff_attempts_expiry ON bff_attempts (expires_at);

-- Signed-in browsers. The tokens are sealed; the cookie's value is stored as a hash only.
CREATE TABLE bff_sessions (
  id_hash TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  provider_session TEXT,
  sealed TEXT NOT NULL,
  version BIGINT NOT NULL,
  access_expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
CREATE INDEX bff_sessions_subject ON bff_sessions (subject);
CREATE INDEX bff_sessions_provider_session ON bff_sessions (provider_session);
CREATE INDEX bff_sessions_expiry ON bff_sessions (ends_at);

-- Logout tokens already taken, kept until none of them could be valid any more.
CREATE TABLE logout_jtis (
  jti_hash TEXT PRIMARY KEY,
  expires_at BIGINT NOT NULL
);
CREATE INDEX logout_jtis_expiry ON logout_jtis (expires_at);
