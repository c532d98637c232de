-- What to call people on pages for staff, as their realm told when they signed in here. It decides nothing.
CREATE TABLE people (
    issuer TEXT NOT NULL,
    sub TEXT NOT NULL,
    name TEXT,
    email TEXT,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, sub)
);

-- Why somebody did what can't be taken back; for staff.
ALTER TABLE order_events ADD COLUMN reason TEXT;
ALTER TABLE content_events ADD COLUMN reason TEXT;
