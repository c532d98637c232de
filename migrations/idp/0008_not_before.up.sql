-- The realm's not-before: what was proved or issued until then counts no more.
CREATE TABLE realm_state (
    -- there is one row
    id BIGINT PRIMARY KEY,
    not_before BIGINT NOT NULL
);
INSERT INTO realm_state (id, not_before) VALUES (1, 0);
