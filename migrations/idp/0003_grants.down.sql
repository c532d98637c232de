DROP TABLE revoked_tokens;
DROP TABLE consents;
DROP TABLE grants;
