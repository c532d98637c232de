-- What people see of their own account: what happened to it, and since when they have used an app.
CREATE INDEX audit_events_of_user ON audit_events (user_id, happened_at, id)
    WHERE kind <> 'token.issued' AND kind <> 'token.refreshed';
CREATE INDEX audit_events_of_apps ON audit_events (user_id, client_id, happened_at) WHERE kind = 'code.issued';
