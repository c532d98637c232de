-- How many requests somebody may make, while no Redis keeps this: when the bucket is full again, Unix milliseconds.
CREATE TABLE request_buckets (
    bucket_key TEXT PRIMARY KEY,
    full_at BIGINT NOT NULL
);
CREATE INDEX request_buckets_by_time ON request_buckets (full_at);
