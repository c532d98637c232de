DROP INDEX known_browsers_by_time;
DROP INDEX setup_links_by_expiry;
DROP INDEX logout_deliveries_done;
DROP INDEX grants_alive;
DROP INDEX sessions_alive;
