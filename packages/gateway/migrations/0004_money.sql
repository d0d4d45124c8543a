-- What a row counts for beyond its cost, and what a later change of prices made of it.
ALTER TABLE request_logs ADD COLUMN charged_nano_usd INTEGER;
ALTER TABLE request_logs ADD COLUMN milli_neurons INTEGER;
ALTER TABLE request_logs ADD COLUMN unchecked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request_logs ADD COLUMN provider_key_id TEXT;
ALTER TABLE request_logs ADD COLUMN previous_cost_nano_usd INTEGER;
ALTER TABLE request_logs ADD COLUMN repriced_at INTEGER;

ALTER TABLE request_attempts ADD COLUMN provider_key_id TEXT;
ALTER TABLE request_attempts ADD COLUMN usage TEXT NOT NULL DEFAULT '{}';
ALTER TABLE request_attempts ADD COLUMN usage_source TEXT NOT NULL DEFAULT 'free_failed';
ALTER TABLE request_attempts ADD COLUMN cost_nano_usd INTEGER;

-- Amounts are nano-USD. A budget without `disabled_at` is in force.
CREATE TABLE budgets (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  scope_id TEXT,
  period TEXT NOT NULL,
  limit_nano_usd INTEGER NOT NULL,
  mode TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  disabled_at INTEGER
) WITHOUT ROWID;

CREATE INDEX budgets_by_org ON budgets (org_id);

-- An organisation's own prices. `prices` is JSON: dollars per million tokens, or per unit as the catalog has them.
CREATE TABLE price_overrides (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  prices TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX price_overrides_by_org ON price_overrides (org_id);

-- What somebody should hear of, once per kind, subject and hour. The whole gateway's events have no organisation.
CREATE TABLE alert_events (
  id TEXT PRIMARY KEY,
  org_id TEXT,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  message TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- One row for each hour and each combination of who and what; '' where there is none.
CREATE TABLE usage_hourly (
  hour INTEGER NOT NULL,
  org_id TEXT NOT NULL,
  gateway_id TEXT NOT NULL,
  gateway_key_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  key_source TEXT NOT NULL,
  provider_key_id TEXT NOT NULL,
  error_type TEXT NOT NULL,
  cache_status TEXT NOT NULL,
  requests INTEGER NOT NULL,
  unchecked INTEGER NOT NULL,
  unpriced INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cost_nano_usd INTEGER NOT NULL,
  charged_nano_usd INTEGER NOT NULL,
  milli_neurons INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  PRIMARY KEY (org_id, hour, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type, cache_status)
) WITHOUT ROWID;

-- The roll-up follows the rows within the same statement, so that neither can be there without the other, and a row that
-- arrives twice counts once.
CREATE TRIGGER request_logs_roll_up AFTER INSERT ON request_logs BEGIN
  INSERT INTO usage_hourly VALUES (
    NEW.created_at - NEW.created_at % 3600000,
    NEW.org_id,
    NEW.gateway_id,
    NEW.gateway_key_id,
    COALESCE(NEW.user_id, ''),
    COALESCE(NEW.provider, ''),
    COALESCE(NEW.model, ''),
    COALESCE(NEW.key_source, ''),
    COALESCE(NEW.provider_key_id, ''),
    COALESCE(NEW.error_type, ''),
    COALESCE(NEW.cache_status, ''),
    1,
    NEW.unchecked,
    NEW.cost_nano_usd IS NULL,
    COALESCE(NEW.usage ->> 'input', 0) + COALESCE(NEW.usage ->> 'cache_read', 0) + COALESCE(NEW.usage ->> 'cache_write_5m', 0)
      + COALESCE(NEW.usage ->> 'cache_write_1h', 0) + COALESCE(NEW.usage ->> 'input_audio', 0) + COALESCE(NEW.usage ->> 'input_image', 0),
    COALESCE(NEW.usage ->> 'output', 0) + COALESCE(NEW.usage ->> 'reasoning', 0) + COALESCE(NEW.usage ->> 'output_audio', 0)
      + COALESCE(NEW.usage ->> 'output_image', 0),
    COALESCE(NEW.cost_nano_usd, 0),
    COALESCE(NEW.charged_nano_usd, 0),
    COALESCE(NEW.milli_neurons, 0),
    NEW.duration_ms
  ) ON CONFLICT DO UPDATE SET
    requests = requests + 1,
    unchecked = unchecked + excluded.unchecked,
    unpriced = unpriced + excluded.unpriced,
    input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd,
    charged_nano_usd = charged_nano_usd + excluded.charged_nano_usd,
    milli_neurons = milli_neurons + excluded.milli_neurons,
    duration_ms = duration_ms + excluded.duration_ms;
END;

CREATE TRIGGER request_logs_reprice AFTER UPDATE OF cost_nano_usd ON request_logs BEGIN
  UPDATE usage_hourly SET
    cost_nano_usd = cost_nano_usd + COALESCE(NEW.cost_nano_usd, 0) - COALESCE(OLD.cost_nano_usd, 0),
    unpriced = unpriced + (NEW.cost_nano_usd IS NULL) - (OLD.cost_nano_usd IS NULL)
  WHERE org_id = NEW.org_id
    AND hour = NEW.created_at - NEW.created_at % 3600000
    AND gateway_id = NEW.gateway_id
    AND gateway_key_id = NEW.gateway_key_id
    AND user_id = COALESCE(NEW.user_id, '')
    AND provider = COALESCE(NEW.provider, '')
    AND model = COALESCE(NEW.model, '')
    AND key_source = COALESCE(NEW.key_source, '')
    AND provider_key_id = COALESCE(NEW.provider_key_id, '')
    AND error_type = COALESCE(NEW.error_type, '')
    AND cache_status = COALESCE(NEW.cache_status, '');
END;
