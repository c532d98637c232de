-- What people do by a mail: each row is one mail with a link and a code.
CREATE TABLE mailed_links (
    -- names the page that waits for the code
    id TEXT PRIMARY KEY,
    -- reset, register, confirm, change, undo or disown
    purpose TEXT NOT NULL,
    -- the account that it is about; none for an address without one
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    -- the address as written, and the form in which addresses are compared
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    -- what waits for the proof, sealed
    detail TEXT,
    -- the browser that asked, and the interaction that it was in
    browser_hash TEXT NOT NULL,
    interaction TEXT,
    link_hash TEXT NOT NULL UNIQUE,
    -- a MAC of the code; none once the code was used
    code_hash TEXT,
    -- how often a code was tried
    tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX mailed_links_of_address ON mailed_links (address_key, purpose);
CREATE INDEX mailed_links_of_user ON mailed_links (user_id);
CREATE INDEX mailed_links_by_expiry ON mailed_links (expires_at);
