-- What somebody wants to hear of. The operator's rules and channels have no org_id. `settings` is JSON. A row whose id is
-- that of a rule which is there by default takes its place.
CREATE TABLE alert_rules (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  org_id TEXT REFERENCES orgs (id),
  kind TEXT NOT NULL,
  is_enabled INTEGER NOT NULL,
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (owner, id)
) WITHOUT ROWID;

-- Where messages go. `settings` is JSON without a secret: those are in sealed_secrets, under the channel's id.
CREATE TABLE alert_channels (
  id TEXT PRIMARY KEY,
  org_id TEXT REFERENCES orgs (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  is_enabled INTEGER NOT NULL,
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX alert_channels_by_org ON alert_channels (org_id);

-- One row for each time that a rule held of something; open while it holds. `notice` is JSON: what is to be queued for the
-- channels, NULL when that is done.
CREATE TABLE alert_incidents (
  id TEXT PRIMARY KEY,
  org_id TEXT,
  rule_id TEXT NOT NULL,
  rule_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  value REAL,
  threshold REAL NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  resolved_at INTEGER,
  notified_at INTEGER,
  notified_severity TEXT,
  is_told INTEGER NOT NULL,
  notices INTEGER NOT NULL,
  notice TEXT,
  acknowledged_at INTEGER,
  acknowledged_by TEXT
) WITHOUT ROWID;

CREATE INDEX alert_incidents_by_org ON alert_incidents (org_id, updated_at);
CREATE INDEX alert_incidents_open ON alert_incidents (org_id) WHERE resolved_at IS NULL;

-- One row for each message to a channel, and what became of it. `content` is JSON.
CREATE TABLE alert_deliveries (
  id TEXT PRIMARY KEY,
  org_id TEXT,
  channel_id TEXT NOT NULL,
  incident_id TEXT,
  content TEXT NOT NULL,
  digest TEXT NOT NULL,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  last_status_code INTEGER,
  last_error TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) WITHOUT ROWID;

CREATE INDEX alert_deliveries_queued ON alert_deliveries (org_id, due_at) WHERE status = 'queued';
CREATE INDEX alert_deliveries_by_org ON alert_deliveries (org_id, created_at);
CREATE INDEX alert_deliveries_by_incident ON alert_deliveries (incident_id);

CREATE INDEX alert_events_by_org ON alert_events (org_id, created_at);

-- Secrets beside provider keys, sealed in the same way; `purpose` is part of what they are bound to.
CREATE TABLE sealed_secrets (
  id TEXT PRIMARY KEY,
  org_id TEXT,
  purpose TEXT NOT NULL,
  master_key_version TEXT NOT NULL,
  sealed_data_key TEXT NOT NULL,
  sealed_text TEXT NOT NULL
) WITHOUT ROWID;
