DROP INDEX audit_events_of_apps;
DROP INDEX audit_events_of_user;
