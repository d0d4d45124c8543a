-- Dynamic routes. A route's versions never change; the last deployment names the one that serves.
CREATE TABLE routes (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  gateway_id TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  UNIQUE (org_id, gateway_id, name),
  FOREIGN KEY (org_id, gateway_id) REFERENCES gateways (org_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

-- `elements` is JSON, as it was sent.
CREATE TABLE route_versions (
  id TEXT PRIMARY KEY,
  route_id TEXT NOT NULL REFERENCES routes (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  elements TEXT NOT NULL,
  is_valid INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (route_id, number)
) WITHOUT ROWID;

CREATE TABLE route_deployments (
  route_id TEXT NOT NULL REFERENCES routes (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  version_id TEXT NOT NULL REFERENCES route_versions (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (route_id, number)
) WITHOUT ROWID;
