ALTER TABLE known_browsers DROP COLUMN factor_at;
DROP TABLE attempts_under_way;
