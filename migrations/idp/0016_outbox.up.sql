-- The outbox: what has to reach somebody outside, tried until it does. It takes the place of logout_deliveries, into which a
-- program of the release before may still write.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    -- logout or mail
    kind TEXT NOT NULL,
    -- who gets it: what waits for one receiver does not hold up the others
    lane TEXT NOT NULL,
    -- the account that it is about; empty when there is none
    subject TEXT NOT NULL,
    -- a logout notice: the session; a mail: its text, sealed. Empty once nothing is left to send
    message TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    -- after this time it is of no use any more
    expires_at BIGINT NOT NULL,
    done_at BIGINT,
    -- delivered, refused, given_up or late
    outcome TEXT
);
CREATE INDEX outbox_due ON outbox (next_at) WHERE done_at IS NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
