-- How users sign in. Passwords are PBKDF2, tokens SHA-256; neither can be read back.
CREATE TABLE sign_ins (
  user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  password_hash TEXT,
  is_operator INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) WITHOUT ROWID;

-- A session without a user was opened with the admin key.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  previous_hash TEXT UNIQUE,
  csrf_token TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  rotated_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;

-- Who changed what. '' is the gateway as a whole.
CREATE TABLE audit_log (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  actor_name TEXT NOT NULL,
  action TEXT NOT NULL,
  path TEXT NOT NULL,
  subject TEXT,
  changes TEXT NOT NULL,
  status INTEGER NOT NULL,
  PRIMARY KEY (org_id, id)
) WITHOUT ROWID;

-- Writes that carried an Idempotency-Key, and what they answered; NULL while they are under way.
CREATE TABLE idempotency_keys (
  id TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  answer TEXT,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
