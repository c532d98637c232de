DROP TABLE content_events;
