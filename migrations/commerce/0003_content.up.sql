-- Content pages: one row holds the draft being edited and the copy the storefront shows.
CREATE TABLE content_pages (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    -- lower-case slug and title: LIKE ignores case on one database only
    search TEXT NOT NULL,
    published_title TEXT,
    published_body TEXT,
    published_at BIGINT,
    published_by TEXT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);

CREATE INDEX content_pages_by_update ON content_pages (updated_at, id);
