DROP TABLE request_buckets;
