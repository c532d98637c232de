DROP TABLE pending_enrolments;
DROP TABLE pending_authorizations;
