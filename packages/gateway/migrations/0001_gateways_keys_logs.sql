-- Times are ms since the epoch, money is nano-USD, booleans are 0 or 1.

CREATE TABLE orgs (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE gateways (
  org_id TEXT NOT NULL REFERENCES orgs (id),
  id TEXT NOT NULL,
  settings TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, id)
) WITHOUT ROWID;

CREATE TABLE gateway_keys (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  user_id TEXT,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  last_four TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) WITHOUT ROWID;

-- Ids are time-ordered, so the primary key is also the order of the list.
CREATE TABLE request_logs (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  user_id TEXT,
  gateway_id TEXT NOT NULL,
  gateway_key_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  surface TEXT NOT NULL,
  path TEXT NOT NULL,
  requested_model TEXT,
  provider TEXT,
  model TEXT,
  stream INTEGER NOT NULL,
  status_code INTEGER NOT NULL,
  success INTEGER NOT NULL,
  error_type TEXT,
  ending TEXT NOT NULL,
  step INTEGER NOT NULL,
  cache_status TEXT,
  duration_ms INTEGER NOT NULL,
  ttft_ms INTEGER,
  usage TEXT NOT NULL,
  usage_source TEXT NOT NULL,
  cost_nano_usd INTEGER,
  bill TEXT NOT NULL,
  price_version TEXT,
  key_source TEXT,
  metadata TEXT NOT NULL,
  warnings TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX request_logs_by_org ON request_logs (org_id, id);

CREATE TABLE request_attempts (
  request_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  step INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT,
  status_code INTEGER,
  error_type TEXT,
  error_code TEXT,
  key_source TEXT,
  started_at INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  PRIMARY KEY (request_id, attempt)
) WITHOUT ROWID;

INSERT INTO orgs (id, name, created_at) VALUES ('default', 'Default', 0);
INSERT INTO gateways (org_id, id, created_at, modified_at) VALUES ('default', 'default', 0, 0);
