-- The history of content pages: one row for each version of a page. Rows are only ever added. Pages that are older than
-- this table have the events since then.
CREATE TABLE content_events (
    page_id TEXT NOT NULL REFERENCES content_pages (id),
    version BIGINT NOT NULL,
    happened_at BIGINT NOT NULL,
    -- subject in the staff realm
    actor_sub TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- leads to the line in the log
    request_id TEXT,
    PRIMARY KEY (page_id, version)
);
