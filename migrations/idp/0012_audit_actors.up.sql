-- Who did it, where that is not the account itself.
ALTER TABLE audit_events ADD COLUMN actor TEXT;
