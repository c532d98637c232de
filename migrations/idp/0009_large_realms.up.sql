-- What is found by these in a realm of millions: what is alive, by its sign-in, for break-glass; what may be forgotten.
CREATE INDEX sessions_alive ON sessions (auth_time, sid) WHERE ended_at IS NULL;
CREATE INDEX grants_alive ON grants (auth_time, id) WHERE revoked_at IS NULL;
CREATE INDEX logout_deliveries_done ON logout_deliveries (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX setup_links_by_expiry ON setup_links (expires_at);
CREATE INDEX known_browsers_by_time ON known_browsers (last_used_at);
