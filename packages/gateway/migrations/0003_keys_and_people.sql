-- What callers may do per day and minute; NULL is no limit.
CREATE TABLE tiers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  requests_per_day INTEGER,
  requests_per_minute INTEGER,
  tokens_per_minute INTEGER
) WITHOUT ROWID;

INSERT INTO tiers (id, name, requests_per_day) VALUES ('FREE', 'Free', 10);
INSERT INTO tiers (id, name, requests_per_day) VALUES ('PERSONAL', 'Personal', 100);
INSERT INTO tiers (id, name, requests_per_day) VALUES ('PROFESSIONAL', 'Professional', 1000);
INSERT INTO tiers (id, name) VALUES ('BUSINESS', 'Business');

-- SQLite adds no column that has both a reference and a default, so the store checks that the tier exists.
ALTER TABLE orgs ADD COLUMN tier_id TEXT NOT NULL DEFAULT 'FREE';
UPDATE orgs SET tier_id = 'BUSINESS';

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  tier_id TEXT REFERENCES tiers (id),
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE memberships (
  org_id TEXT NOT NULL REFERENCES orgs (id),
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, user_id)
) WITHOUT ROWID;

CREATE INDEX memberships_by_user ON memberships (user_id);

-- A key of the operator has no org_id. The secret is sealed: a data key, wrapped by the master key of that version, and
-- the secret encrypted by the data key.
CREATE TABLE provider_keys (
  id TEXT PRIMARY KEY,
  level TEXT NOT NULL CHECK (level IN ('user', 'org', 'system_tier', 'system')),
  org_id TEXT REFERENCES orgs (id),
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  tier_id TEXT REFERENCES tiers (id),
  provider_id TEXT NOT NULL,
  alias TEXT NOT NULL,
  name TEXT NOT NULL,
  weight INTEGER NOT NULL,
  last_four TEXT NOT NULL,
  master_key_version TEXT NOT NULL,
  sealed_data_key TEXT NOT NULL,
  sealed_text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  disabled_at INTEGER,
  rejection TEXT,
  CHECK (weight BETWEEN 1 AND 1000),
  CHECK ((org_id IS NOT NULL) = (level IN ('user', 'org'))),
  CHECK ((user_id IS NOT NULL) = (level = 'user')),
  CHECK ((tier_id IS NOT NULL) = (level = 'system_tier'))
) WITHOUT ROWID;

CREATE INDEX provider_keys_by_owner ON provider_keys (org_id, provider_id);

ALTER TABLE gateway_keys ADD COLUMN expires_at INTEGER;
ALTER TABLE gateway_keys ADD COLUMN scopes TEXT NOT NULL DEFAULT '{}';
ALTER TABLE gateway_keys ADD COLUMN last_used_at INTEGER;
ALTER TABLE gateway_keys ADD COLUMN previous_hash TEXT;
ALTER TABLE gateway_keys ADD COLUMN previous_until INTEGER;

CREATE UNIQUE INDEX gateway_keys_by_previous_hash ON gateway_keys (previous_hash) WHERE previous_hash IS NOT NULL;
CREATE INDEX gateway_keys_by_org ON gateway_keys (org_id);
