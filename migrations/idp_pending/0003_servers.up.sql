-- Who serves the realm: what takes it away from under a server looks whether anybody still counts here.
CREATE TABLE servers (
    id TEXT PRIMARY KEY,
    beat BIGINT NOT NULL,
    -- only for forgetting who was killed
    seen_at BIGINT NOT NULL
);
CREATE INDEX servers_by_time ON servers (seen_at);
