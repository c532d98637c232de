INSERT INTO logout_deliveries (id, client_id, user_id, sid, created_at, attempts, next_at)
    SELECT id, lane, subject, message, created_at, attempts, next_at FROM outbox
    WHERE kind = 'logout' AND done_at IS NULL;
DROP TABLE outbox;
