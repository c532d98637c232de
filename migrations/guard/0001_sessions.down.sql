DROP TABLE logout_jtis;
DROP TABLE bff_sessions;
DROP TABLE bff_attempts;
