DROP TABLE setup_links;
DROP TABLE recovery_codes;
DROP TABLE totp_factors;
DROP TABLE user_roles;
DROP TABLE users;
