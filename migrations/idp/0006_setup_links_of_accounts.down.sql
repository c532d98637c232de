-- such a link would make an account without a role
DELETE FROM setup_links WHERE user_id IS NOT NULL;
ALTER TABLE setup_links DROP COLUMN user_id;
