DROP INDEX bff_attempts_source;
ALTER TABLE bff_attempts DROP COLUMN source;
