-- A cart belongs to `guest:<hash of the visitor id>` or to `customer:<issuer>|<sub>`.
CREATE TABLE cart_items (
    owner TEXT NOT NULL,
    product_id TEXT NOT NULL REFERENCES products (id),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (owner, product_id)
);
CREATE INDEX cart_items_updated ON cart_items (updated_at);

-- The customer is (issuer, sub): accounts live in the realm's own database, never here.
CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    sub TEXT NOT NULL,
    payment TEXT NOT NULL,
    fulfilment TEXT NOT NULL,
    total BIGINT NOT NULL CHECK (total >= 0),
    currency TEXT NOT NULL,
    item_count BIGINT NOT NULL,
    version BIGINT NOT NULL,
    placed_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX orders_customer ON orders (issuer, sub, id);

-- Name and price as they were when the order was placed.
CREATE TABLE order_lines (
    order_id TEXT NOT NULL REFERENCES orders (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    name TEXT NOT NULL,
    unit_price BIGINT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, product_id)
);

-- The timeline: one row for each version of an order. Rows are only ever added.
CREATE TABLE order_events (
    order_id TEXT NOT NULL REFERENCES orders (id),
    version BIGINT NOT NULL,
    happened_at BIGINT NOT NULL,
    actor_side TEXT NOT NULL,
    actor_issuer TEXT NOT NULL,
    actor_sub TEXT NOT NULL,
    kind TEXT NOT NULL,
    before_value TEXT,
    after_value TEXT,
    PRIMARY KEY (order_id, version)
);

-- A request that must not run twice. Without an answer it is in flight, until its lease is over.
CREATE TABLE idempotency_keys (
    owner TEXT NOT NULL,
    request_key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    claim TEXT NOT NULL,
    claimed_at BIGINT NOT NULL,
    answer TEXT,
    PRIMARY KEY (owner, request_key)
);
CREATE INDEX idempotency_keys_claimed ON idempotency_keys (claimed_at);
