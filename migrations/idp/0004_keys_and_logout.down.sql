DROP TABLE audit_events;
DROP TABLE logout_deliveries;
DROP TABLE signing_keys;
