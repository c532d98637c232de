-- What a form led to, so that the same form again leads there too. Both columns are of use only to the browser that has the
-- form: the name is a MAC over all that was filled in, the outcome is sealed with a key that is made of the same.
CREATE TABLE form_outcomes (
    name TEXT PRIMARY KEY,
    outcome TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX form_outcomes_by_expiry ON form_outcomes (expires_at);
