-- Roll-ups by the UTC day and by metadata, and what percentiles of latency need. A histogram's columns count the requests
-- that took at most so many ms; those without a time to first token are not in `ttft_requests`.

ALTER TABLE usage_hourly ADD COLUMN errors INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_requests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_50 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_100 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_200 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_300 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_500 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_800 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_1200 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_2000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_3000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_5000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_8000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_12000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_20000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_30000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_60000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN duration_le_120000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_50 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_100 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_200 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_300 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_500 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_800 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_1200 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_2000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_3000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_5000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_10000 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN ttft_le_20000 INTEGER NOT NULL DEFAULT 0;

-- The key begins with what is grouped by most, so that nothing has to be sorted for it.
CREATE TABLE usage_daily (
  day INTEGER NOT NULL,
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
  requests INTEGER NOT NULL DEFAULT 0,
  unchecked INTEGER NOT NULL DEFAULT 0,
  unpriced INTEGER NOT NULL DEFAULT 0,
  input_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens INTEGER NOT NULL DEFAULT 0,
  cost_nano_usd INTEGER NOT NULL DEFAULT 0,
  charged_nano_usd INTEGER NOT NULL DEFAULT 0,
  milli_neurons INTEGER NOT NULL DEFAULT 0,
  duration_ms INTEGER NOT NULL DEFAULT 0,
  saved_nano_usd INTEGER NOT NULL DEFAULT 0,
  saved_ms INTEGER NOT NULL DEFAULT 0,
  errors INTEGER NOT NULL DEFAULT 0,
  ttft_requests INTEGER NOT NULL DEFAULT 0,
  duration_le_50 INTEGER NOT NULL DEFAULT 0,
  duration_le_100 INTEGER NOT NULL DEFAULT 0,
  duration_le_200 INTEGER NOT NULL DEFAULT 0,
  duration_le_300 INTEGER NOT NULL DEFAULT 0,
  duration_le_500 INTEGER NOT NULL DEFAULT 0,
  duration_le_800 INTEGER NOT NULL DEFAULT 0,
  duration_le_1200 INTEGER NOT NULL DEFAULT 0,
  duration_le_2000 INTEGER NOT NULL DEFAULT 0,
  duration_le_3000 INTEGER NOT NULL DEFAULT 0,
  duration_le_5000 INTEGER NOT NULL DEFAULT 0,
  duration_le_8000 INTEGER NOT NULL DEFAULT 0,
  duration_le_12000 INTEGER NOT NULL DEFAULT 0,
  duration_le_20000 INTEGER NOT NULL DEFAULT 0,
  duration_le_30000 INTEGER NOT NULL DEFAULT 0,
  duration_le_60000 INTEGER NOT NULL DEFAULT 0,
  duration_le_120000 INTEGER NOT NULL DEFAULT 0,
  ttft_le_50 INTEGER NOT NULL DEFAULT 0,
  ttft_le_100 INTEGER NOT NULL DEFAULT 0,
  ttft_le_200 INTEGER NOT NULL DEFAULT 0,
  ttft_le_300 INTEGER NOT NULL DEFAULT 0,
  ttft_le_500 INTEGER NOT NULL DEFAULT 0,
  ttft_le_800 INTEGER NOT NULL DEFAULT 0,
  ttft_le_1200 INTEGER NOT NULL DEFAULT 0,
  ttft_le_2000 INTEGER NOT NULL DEFAULT 0,
  ttft_le_3000 INTEGER NOT NULL DEFAULT 0,
  ttft_le_5000 INTEGER NOT NULL DEFAULT 0,
  ttft_le_10000 INTEGER NOT NULL DEFAULT 0,
  ttft_le_20000 INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, day, provider, model, gateway_id, gateway_key_id, user_id, key_source, provider_key_id, error_type, cache_status)
) WITHOUT ROWID;

-- One row for each hour, gateway, and entry of the requests' metadata. Objects and lists are left out.
CREATE TABLE usage_metadata_hourly (
  hour INTEGER NOT NULL,
  org_id TEXT NOT NULL,
  gateway_id TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  requests INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  unchecked INTEGER NOT NULL,
  unpriced INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cost_nano_usd INTEGER NOT NULL,
  milli_neurons INTEGER NOT NULL,
  saved_nano_usd INTEGER NOT NULL,
  saved_ms INTEGER NOT NULL,
  PRIMARY KEY (org_id, key, hour, gateway_id, value)
) WITHOUT ROWID;

CREATE TABLE usage_metadata_daily (
  day INTEGER NOT NULL,
  org_id TEXT NOT NULL,
  gateway_id TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  requests INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  unchecked INTEGER NOT NULL,
  unpriced INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cost_nano_usd INTEGER NOT NULL,
  milli_neurons INTEGER NOT NULL,
  saved_nano_usd INTEGER NOT NULL,
  saved_ms INTEGER NOT NULL,
  PRIMARY KEY (org_id, key, day, gateway_id, value)
) WITHOUT ROWID;

-- What a row adds to the roll-ups: the one place that says so, for triggers and for rebuilding.
CREATE VIEW request_contributions AS SELECT
  id, org_id, created_at, metadata,
  created_at - created_at % 3600000 AS hour,
  created_at - created_at % 86400000 AS day,
  gateway_id,
  gateway_key_id,
  COALESCE(user_id, '') AS user_id,
  COALESCE(provider, '') AS provider,
  COALESCE(model, '') AS model,
  COALESCE(key_source, '') AS key_source,
  COALESCE(provider_key_id, '') AS provider_key_id,
  COALESCE(error_type, '') AS error_type,
  COALESCE(cache_status, '') AS cache_status,
  1 AS requests,
  unchecked,
  cost_nano_usd IS NULL AS unpriced,
  COALESCE(usage ->> 'input', 0) + COALESCE(usage ->> 'cache_read', 0) + COALESCE(usage ->> 'cache_write_5m', 0)
    + COALESCE(usage ->> 'cache_write_1h', 0) + COALESCE(usage ->> 'input_audio', 0) + COALESCE(usage ->> 'input_image', 0)
    AS input_tokens,
  COALESCE(usage ->> 'output', 0) + COALESCE(usage ->> 'reasoning', 0) + COALESCE(usage ->> 'output_audio', 0)
    + COALESCE(usage ->> 'output_image', 0) AS output_tokens,
  COALESCE(cost_nano_usd, 0) AS cost_nano_usd,
  COALESCE(charged_nano_usd, 0) AS charged_nano_usd,
  COALESCE(milli_neurons, 0) AS milli_neurons,
  duration_ms,
  COALESCE(saved_nano_usd, 0) AS saved_nano_usd,
  COALESCE(saved_ms, 0) AS saved_ms,
  success = 0 AS errors,
  cache_status IS 'HIT' AS cached,
  ttft_ms IS NOT NULL AS ttft_requests,
  duration_ms <= 50 AS duration_le_50,
  duration_ms <= 100 AS duration_le_100,
  duration_ms <= 200 AS duration_le_200,
  duration_ms <= 300 AS duration_le_300,
  duration_ms <= 500 AS duration_le_500,
  duration_ms <= 800 AS duration_le_800,
  duration_ms <= 1200 AS duration_le_1200,
  duration_ms <= 2000 AS duration_le_2000,
  duration_ms <= 3000 AS duration_le_3000,
  duration_ms <= 5000 AS duration_le_5000,
  duration_ms <= 8000 AS duration_le_8000,
  duration_ms <= 12000 AS duration_le_12000,
  duration_ms <= 20000 AS duration_le_20000,
  duration_ms <= 30000 AS duration_le_30000,
  duration_ms <= 60000 AS duration_le_60000,
  duration_ms <= 120000 AS duration_le_120000,
  COALESCE(ttft_ms <= 50, 0) AS ttft_le_50,
  COALESCE(ttft_ms <= 100, 0) AS ttft_le_100,
  COALESCE(ttft_ms <= 200, 0) AS ttft_le_200,
  COALESCE(ttft_ms <= 300, 0) AS ttft_le_300,
  COALESCE(ttft_ms <= 500, 0) AS ttft_le_500,
  COALESCE(ttft_ms <= 800, 0) AS ttft_le_800,
  COALESCE(ttft_ms <= 1200, 0) AS ttft_le_1200,
  COALESCE(ttft_ms <= 2000, 0) AS ttft_le_2000,
  COALESCE(ttft_ms <= 3000, 0) AS ttft_le_3000,
  COALESCE(ttft_ms <= 5000, 0) AS ttft_le_5000,
  COALESCE(ttft_ms <= 10000, 0) AS ttft_le_10000,
  COALESCE(ttft_ms <= 20000, 0) AS ttft_le_20000
FROM request_logs;

CREATE VIEW metadata_contributions AS SELECT
  request.id, request.org_id, request.hour, request.day, request.gateway_id,
  entry.key,
  iif(entry.type IN ('true', 'false'), entry.type, substr(entry.value, 1, 128)) AS value,
  request.requests, request.errors, request.cached, request.unchecked, request.unpriced, request.input_tokens,
  request.output_tokens, request.cost_nano_usd, request.milli_neurons, request.saved_nano_usd, request.saved_ms
FROM request_contributions AS request, json_each(request.metadata) AS entry
WHERE entry.type IN ('text', 'integer', 'real', 'true', 'false');

-- The roll-ups follow the rows within the same statement, as in 0004_money.sql.
DROP TRIGGER request_logs_roll_up;
DROP TRIGGER request_logs_reprice;

CREATE TRIGGER request_logs_roll_up AFTER INSERT ON request_logs BEGIN
  INSERT INTO usage_hourly (
    hour, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type,
    cache_status, requests, unchecked, unpriced, input_tokens, output_tokens, cost_nano_usd, charged_nano_usd,
    milli_neurons, duration_ms, saved_nano_usd, saved_ms, errors, ttft_requests, duration_le_50, duration_le_100,
    duration_le_200, duration_le_300, duration_le_500, duration_le_800, duration_le_1200, duration_le_2000,
    duration_le_3000, duration_le_5000, duration_le_8000, duration_le_12000, duration_le_20000, duration_le_30000,
    duration_le_60000, duration_le_120000, ttft_le_50, ttft_le_100, ttft_le_200, ttft_le_300, ttft_le_500,
    ttft_le_800, ttft_le_1200, ttft_le_2000, ttft_le_3000, ttft_le_5000, ttft_le_10000, ttft_le_20000
  ) SELECT
    hour, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type,
    cache_status, requests, unchecked, unpriced, input_tokens, output_tokens, cost_nano_usd, charged_nano_usd,
    milli_neurons, duration_ms, saved_nano_usd, saved_ms, errors, ttft_requests, duration_le_50, duration_le_100,
    duration_le_200, duration_le_300, duration_le_500, duration_le_800, duration_le_1200, duration_le_2000,
    duration_le_3000, duration_le_5000, duration_le_8000, duration_le_12000, duration_le_20000, duration_le_30000,
    duration_le_60000, duration_le_120000, ttft_le_50, ttft_le_100, ttft_le_200, ttft_le_300, ttft_le_500,
    ttft_le_800, ttft_le_1200, ttft_le_2000, ttft_le_3000, ttft_le_5000, ttft_le_10000, ttft_le_20000
  FROM request_contributions
  WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET
    requests = requests + excluded.requests,
    unchecked = unchecked + excluded.unchecked,
    unpriced = unpriced + excluded.unpriced,
    input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd,
    charged_nano_usd = charged_nano_usd + excluded.charged_nano_usd,
    milli_neurons = milli_neurons + excluded.milli_neurons,
    duration_ms = duration_ms + excluded.duration_ms,
    saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd,
    saved_ms = saved_ms + excluded.saved_ms,
    errors = errors + excluded.errors,
    ttft_requests = ttft_requests + excluded.ttft_requests,
    duration_le_50 = duration_le_50 + excluded.duration_le_50,
    duration_le_100 = duration_le_100 + excluded.duration_le_100,
    duration_le_200 = duration_le_200 + excluded.duration_le_200,
    duration_le_300 = duration_le_300 + excluded.duration_le_300,
    duration_le_500 = duration_le_500 + excluded.duration_le_500,
    duration_le_800 = duration_le_800 + excluded.duration_le_800,
    duration_le_1200 = duration_le_1200 + excluded.duration_le_1200,
    duration_le_2000 = duration_le_2000 + excluded.duration_le_2000,
    duration_le_3000 = duration_le_3000 + excluded.duration_le_3000,
    duration_le_5000 = duration_le_5000 + excluded.duration_le_5000,
    duration_le_8000 = duration_le_8000 + excluded.duration_le_8000,
    duration_le_12000 = duration_le_12000 + excluded.duration_le_12000,
    duration_le_20000 = duration_le_20000 + excluded.duration_le_20000,
    duration_le_30000 = duration_le_30000 + excluded.duration_le_30000,
    duration_le_60000 = duration_le_60000 + excluded.duration_le_60000,
    duration_le_120000 = duration_le_120000 + excluded.duration_le_120000,
    ttft_le_50 = ttft_le_50 + excluded.ttft_le_50,
    ttft_le_100 = ttft_le_100 + excluded.ttft_le_100,
    ttft_le_200 = ttft_le_200 + excluded.ttft_le_200,
    ttft_le_300 = ttft_le_300 + excluded.ttft_le_300,
    ttft_le_500 = ttft_le_500 + excluded.ttft_le_500,
    ttft_le_800 = ttft_le_800 + excluded.ttft_le_800,
    ttft_le_1200 = ttft_le_1200 + excluded.ttft_le_1200,
    ttft_le_2000 = ttft_le_2000 + excluded.ttft_le_2000,
    ttft_le_3000 = ttft_le_3000 + excluded.ttft_le_3000,
    ttft_le_5000 = ttft_le_5000 + excluded.ttft_le_5000,
    ttft_le_10000 = ttft_le_10000 + excluded.ttft_le_10000,
    ttft_le_20000 = ttft_le_20000 + excluded.ttft_le_20000;
  INSERT INTO usage_daily (
    day, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type,
    cache_status, requests, unchecked, unpriced, input_tokens, output_tokens, cost_nano_usd, charged_nano_usd,
    milli_neurons, duration_ms, saved_nano_usd, saved_ms, errors, ttft_requests, duration_le_50, duration_le_100,
    duration_le_200, duration_le_300, duration_le_500, duration_le_800, duration_le_1200, duration_le_2000,
    duration_le_3000, duration_le_5000, duration_le_8000, duration_le_12000, duration_le_20000, duration_le_30000,
    duration_le_60000, duration_le_120000, ttft_le_50, ttft_le_100, ttft_le_200, ttft_le_300, ttft_le_500,
    ttft_le_800, ttft_le_1200, ttft_le_2000, ttft_le_3000, ttft_le_5000, ttft_le_10000, ttft_le_20000
  ) SELECT
    day, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type,
    cache_status, requests, unchecked, unpriced, input_tokens, output_tokens, cost_nano_usd, charged_nano_usd,
    milli_neurons, duration_ms, saved_nano_usd, saved_ms, errors, ttft_requests, duration_le_50, duration_le_100,
    duration_le_200, duration_le_300, duration_le_500, duration_le_800, duration_le_1200, duration_le_2000,
    duration_le_3000, duration_le_5000, duration_le_8000, duration_le_12000, duration_le_20000, duration_le_30000,
    duration_le_60000, duration_le_120000, ttft_le_50, ttft_le_100, ttft_le_200, ttft_le_300, ttft_le_500,
    ttft_le_800, ttft_le_1200, ttft_le_2000, ttft_le_3000, ttft_le_5000, ttft_le_10000, ttft_le_20000
  FROM request_contributions
  WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET
    requests = requests + excluded.requests,
    unchecked = unchecked + excluded.unchecked,
    unpriced = unpriced + excluded.unpriced,
    input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd,
    charged_nano_usd = charged_nano_usd + excluded.charged_nano_usd,
    milli_neurons = milli_neurons + excluded.milli_neurons,
    duration_ms = duration_ms + excluded.duration_ms,
    saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd,
    saved_ms = saved_ms + excluded.saved_ms,
    errors = errors + excluded.errors,
    ttft_requests = ttft_requests + excluded.ttft_requests,
    duration_le_50 = duration_le_50 + excluded.duration_le_50,
    duration_le_100 = duration_le_100 + excluded.duration_le_100,
    duration_le_200 = duration_le_200 + excluded.duration_le_200,
    duration_le_300 = duration_le_300 + excluded.duration_le_300,
    duration_le_500 = duration_le_500 + excluded.duration_le_500,
    duration_le_800 = duration_le_800 + excluded.duration_le_800,
    duration_le_1200 = duration_le_1200 + excluded.duration_le_1200,
    duration_le_2000 = duration_le_2000 + excluded.duration_le_2000,
    duration_le_3000 = duration_le_3000 + excluded.duration_le_3000,
    duration_le_5000 = duration_le_5000 + excluded.duration_le_5000,
    duration_le_8000 = duration_le_8000 + excluded.duration_le_8000,
    duration_le_12000 = duration_le_12000 + excluded.duration_le_12000,
    duration_le_20000 = duration_le_20000 + excluded.duration_le_20000,
    duration_le_30000 = duration_le_30000 + excluded.duration_le_30000,
    duration_le_60000 = duration_le_60000 + excluded.duration_le_60000,
    duration_le_120000 = duration_le_120000 + excluded.duration_le_120000,
    ttft_le_50 = ttft_le_50 + excluded.ttft_le_50,
    ttft_le_100 = ttft_le_100 + excluded.ttft_le_100,
    ttft_le_200 = ttft_le_200 + excluded.ttft_le_200,
    ttft_le_300 = ttft_le_300 + excluded.ttft_le_300,
    ttft_le_500 = ttft_le_500 + excluded.ttft_le_500,
    ttft_le_800 = ttft_le_800 + excluded.ttft_le_800,
    ttft_le_1200 = ttft_le_1200 + excluded.ttft_le_1200,
    ttft_le_2000 = ttft_le_2000 + excluded.ttft_le_2000,
    ttft_le_3000 = ttft_le_3000 + excluded.ttft_le_3000,
    ttft_le_5000 = ttft_le_5000 + excluded.ttft_le_5000,
    ttft_le_10000 = ttft_le_10000 + excluded.ttft_le_10000,
    ttft_le_20000 = ttft_le_20000 + excluded.ttft_le_20000;
END;

CREATE TRIGGER request_logs_roll_up_metadata AFTER INSERT ON request_logs WHEN NEW.metadata <> '{}' BEGIN
  INSERT INTO usage_metadata_hourly (
    hour, org_id, gateway_id, key, value, requests, errors, cached, unchecked, unpriced, input_tokens,
    output_tokens, cost_nano_usd, milli_neurons, saved_nano_usd, saved_ms
  ) SELECT
    hour, org_id, gateway_id, key, value, requests, errors, cached, unchecked, unpriced, input_tokens,
    output_tokens, cost_nano_usd, milli_neurons, saved_nano_usd, saved_ms
  FROM metadata_contributions
  WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET
    requests = requests + excluded.requests,
    errors = errors + excluded.errors,
    cached = cached + excluded.cached,
    unchecked = unchecked + excluded.unchecked,
    unpriced = unpriced + excluded.unpriced,
    input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd,
    milli_neurons = milli_neurons + excluded.milli_neurons,
    saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd,
    saved_ms = saved_ms + excluded.saved_ms;
  INSERT INTO usage_metadata_daily (
    day, org_id, gateway_id, key, value, requests, errors, cached, unchecked, unpriced, input_tokens, output_tokens,
    cost_nano_usd, milli_neurons, saved_nano_usd, saved_ms
  ) SELECT
    day, org_id, gateway_id, key, value, requests, errors, cached, unchecked, unpriced, input_tokens, output_tokens,
    cost_nano_usd, milli_neurons, saved_nano_usd, saved_ms
  FROM metadata_contributions
  WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET
    requests = requests + excluded.requests,
    errors = errors + excluded.errors,
    cached = cached + excluded.cached,
    unchecked = unchecked + excluded.unchecked,
    unpriced = unpriced + excluded.unpriced,
    input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd,
    milli_neurons = milli_neurons + excluded.milli_neurons,
    saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd,
    saved_ms = saved_ms + excluded.saved_ms;
END;

CREATE TRIGGER request_logs_reprice AFTER UPDATE OF cost_nano_usd ON request_logs BEGIN
  UPDATE usage_hourly AS usage SET
    cost_nano_usd = usage.cost_nano_usd + COALESCE(NEW.cost_nano_usd, 0) - COALESCE(OLD.cost_nano_usd, 0),
    unpriced = usage.unpriced + (NEW.cost_nano_usd IS NULL) - (OLD.cost_nano_usd IS NULL)
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
  UPDATE usage_daily AS usage SET
    cost_nano_usd = usage.cost_nano_usd + COALESCE(NEW.cost_nano_usd, 0) - COALESCE(OLD.cost_nano_usd, 0),
    unpriced = usage.unpriced + (NEW.cost_nano_usd IS NULL) - (OLD.cost_nano_usd IS NULL)
  WHERE org_id = NEW.org_id
    AND day = NEW.created_at - NEW.created_at % 86400000
    AND gateway_id = NEW.gateway_id
    AND gateway_key_id = NEW.gateway_key_id
    AND user_id = COALESCE(NEW.user_id, '')
    AND provider = COALESCE(NEW.provider, '')
    AND model = COALESCE(NEW.model, '')
    AND key_source = COALESCE(NEW.key_source, '')
    AND provider_key_id = COALESCE(NEW.provider_key_id, '')
    AND error_type = COALESCE(NEW.error_type, '')
    AND cache_status = COALESCE(NEW.cache_status, '');
  UPDATE usage_metadata_hourly AS usage SET
    cost_nano_usd = usage.cost_nano_usd + COALESCE(NEW.cost_nano_usd, 0) - COALESCE(OLD.cost_nano_usd, 0),
    unpriced = usage.unpriced + (NEW.cost_nano_usd IS NULL) - (OLD.cost_nano_usd IS NULL)
  FROM metadata_contributions AS entry
  WHERE entry.id = NEW.id AND usage.org_id = entry.org_id AND usage.key = entry.key AND usage.hour = entry.hour
    AND usage.gateway_id = entry.gateway_id AND usage.value = entry.value;
  UPDATE usage_metadata_daily AS usage SET
    cost_nano_usd = usage.cost_nano_usd + COALESCE(NEW.cost_nano_usd, 0) - COALESCE(OLD.cost_nano_usd, 0),
    unpriced = usage.unpriced + (NEW.cost_nano_usd IS NULL) - (OLD.cost_nano_usd IS NULL)
  FROM metadata_contributions AS entry
  WHERE entry.id = NEW.id AND usage.org_id = entry.org_id AND usage.key = entry.key AND usage.day = entry.day
    AND usage.gateway_id = entry.gateway_id AND usage.value = entry.value;
END;

-- Somebody says more of a request afterwards.
CREATE TRIGGER request_logs_new_metadata AFTER UPDATE OF metadata ON request_logs WHEN NEW.metadata <> OLD.metadata BEGIN
  UPDATE usage_metadata_hourly AS usage SET
    requests = usage.requests - request.requests,
    errors = usage.errors - request.errors,
    cached = usage.cached - request.cached,
    unchecked = usage.unchecked - request.unchecked,
    unpriced = usage.unpriced - request.unpriced,
    input_tokens = usage.input_tokens - request.input_tokens,
    output_tokens = usage.output_tokens - request.output_tokens,
    cost_nano_usd = usage.cost_nano_usd - request.cost_nano_usd,
    milli_neurons = usage.milli_neurons - request.milli_neurons,
    saved_nano_usd = usage.saved_nano_usd - request.saved_nano_usd,
    saved_ms = usage.saved_ms - request.saved_ms
  FROM request_contributions AS request, json_each(OLD.metadata) AS entry
  WHERE request.id = NEW.id AND entry.type IN ('text', 'integer', 'real', 'true', 'false')
    AND usage.org_id = request.org_id AND usage.key = entry.key AND usage.hour = request.hour
    AND usage.gateway_id = request.gateway_id
    AND usage.value = iif(entry.type IN ('true', 'false'), entry.type, substr(entry.value, 1, 128));
  DELETE FROM usage_metadata_hourly
  WHERE org_id = NEW.org_id AND key IN (SELECT key FROM json_each(OLD.metadata))
    AND hour = NEW.created_at - NEW.created_at % 3600000 AND gateway_id = NEW.gateway_id AND requests = 0;
  INSERT INTO usage_metadata_hourly (
    hour, org_id, gateway_id, key, value, requests, errors, cached, unchecked, unpriced, input_tokens,
    output_tokens, cost_nano_usd, milli_neurons, saved_nano_usd, saved_ms
  ) SELECT
    hour, org_id, gateway_id, key, value, requests, errors, cached, unchecked, unpriced, input_tokens,
    output_tokens, cost_nano_usd, milli_neurons, saved_nano_usd, saved_ms
  FROM metadata_contributions
  WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET
    requests = requests + excluded.requests,
    errors = errors + excluded.errors,
    cached = cached + excluded.cached,
    unchecked = unchecked + excluded.unchecked,
    unpriced = unpriced + excluded.unpriced,
    input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd,
    milli_neurons = milli_neurons + excluded.milli_neurons,
    saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd,
    saved_ms = saved_ms + excluded.saved_ms;
  UPDATE usage_metadata_daily AS usage SET
    requests = usage.requests - request.requests,
    errors = usage.errors - request.errors,
    cached = usage.cached - request.cached,
    unchecked = usage.unchecked - request.unchecked,
    unpriced = usage.unpriced - request.unpriced,
    input_tokens = usage.input_tokens - request.input_tokens,
    output_tokens = usage.output_tokens - request.output_tokens,
    cost_nano_usd = usage.cost_nano_usd - request.cost_nano_usd,
    milli_neurons = usage.milli_neurons - request.milli_neurons,
    saved_nano_usd = usage.saved_nano_usd - request.saved_nano_usd,
    saved_ms = usage.saved_ms - request.saved_ms
  FROM request_contributions AS request, json_each(OLD.metadata) AS entry
  WHERE request.id = NEW.id AND entry.type IN ('text', 'integer', 'real', 'true', 'false')
    AND usage.org_id = request.org_id AND usage.key = entry.key AND usage.day = request.day
    AND usage.gateway_id = request.gateway_id
    AND usage.value = iif(entry.type IN ('true', 'false'), entry.type, substr(entry.value, 1, 128));
  DELETE FROM usage_metadata_daily
  WHERE org_id = NEW.org_id AND key IN (SELECT key FROM json_each(OLD.metadata))
    AND day = NEW.created_at - NEW.created_at % 86400000 AND gateway_id = NEW.gateway_id AND requests = 0;
  INSERT INTO usage_metadata_daily (
    day, org_id, gateway_id, key, value, requests, errors, cached, unchecked, unpriced, input_tokens, output_tokens,
    cost_nano_usd, milli_neurons, saved_nano_usd, saved_ms
  ) SELECT
    day, org_id, gateway_id, key, value, requests, errors, cached, unchecked, unpriced, input_tokens, output_tokens,
    cost_nano_usd, milli_neurons, saved_nano_usd, saved_ms
  FROM metadata_contributions
  WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET
    requests = requests + excluded.requests,
    errors = errors + excluded.errors,
    cached = cached + excluded.cached,
    unchecked = unchecked + excluded.unchecked,
    unpriced = unpriced + excluded.unpriced,
    input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd,
    milli_neurons = milli_neurons + excluded.milli_neurons,
    saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd,
    saved_ms = saved_ms + excluded.saved_ms;
END;

-- How far rows have been deleted for their age: roll-ups from before cannot be rebuilt from rows.
CREATE TABLE log_retention (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  deleted_before INTEGER NOT NULL
);

INSERT INTO log_retention (id, deleted_before) VALUES (1, 0);

-- A row that is written here rebuilds an organisation's roll-ups of whole hours of one UTC day, within one statement. Ids
-- are time-ordered: those between the two are looked at.
CREATE TABLE usage_rebuilds (
  id INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  from_hour INTEGER NOT NULL,
  to_hour INTEGER NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  rebuilt_at INTEGER NOT NULL
);

CREATE TRIGGER usage_rebuilds_rebuild AFTER INSERT ON usage_rebuilds BEGIN
  DELETE FROM usage_hourly WHERE org_id = NEW.org_id AND hour >= NEW.from_hour AND hour < NEW.to_hour;
  INSERT INTO usage_hourly (
    hour, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type,
    cache_status, requests, unchecked, unpriced, input_tokens, output_tokens, cost_nano_usd, charged_nano_usd,
    milli_neurons, duration_ms, saved_nano_usd, saved_ms, errors, ttft_requests, duration_le_50, duration_le_100,
    duration_le_200, duration_le_300, duration_le_500, duration_le_800, duration_le_1200, duration_le_2000,
    duration_le_3000, duration_le_5000, duration_le_8000, duration_le_12000, duration_le_20000, duration_le_30000,
    duration_le_60000, duration_le_120000, ttft_le_50, ttft_le_100, ttft_le_200, ttft_le_300, ttft_le_500,
    ttft_le_800, ttft_le_1200, ttft_le_2000, ttft_le_3000, ttft_le_5000, ttft_le_10000, ttft_le_20000
  ) SELECT
    hour, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type,
    cache_status, sum(requests), sum(unchecked), sum(unpriced), sum(input_tokens), sum(output_tokens),
    sum(cost_nano_usd), sum(charged_nano_usd), sum(milli_neurons), sum(duration_ms), sum(saved_nano_usd),
    sum(saved_ms), sum(errors), sum(ttft_requests), sum(duration_le_50), sum(duration_le_100), sum(duration_le_200),
    sum(duration_le_300), sum(duration_le_500), sum(duration_le_800), sum(duration_le_1200), sum(duration_le_2000),
    sum(duration_le_3000), sum(duration_le_5000), sum(duration_le_8000), sum(duration_le_12000),
    sum(duration_le_20000), sum(duration_le_30000), sum(duration_le_60000), sum(duration_le_120000),
    sum(ttft_le_50), sum(ttft_le_100), sum(ttft_le_200), sum(ttft_le_300), sum(ttft_le_500), sum(ttft_le_800),
    sum(ttft_le_1200), sum(ttft_le_2000), sum(ttft_le_3000), sum(ttft_le_5000), sum(ttft_le_10000),
    sum(ttft_le_20000)
  FROM request_contributions
  WHERE org_id = NEW.org_id AND id >= NEW.from_id AND id < NEW.to_id AND hour >= NEW.from_hour AND hour < NEW.to_hour
  GROUP BY hour, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type, cache_status;
  DELETE FROM usage_metadata_hourly WHERE org_id = NEW.org_id AND hour >= NEW.from_hour AND hour < NEW.to_hour;
  INSERT INTO usage_metadata_hourly (
    hour, org_id, gateway_id, key, value, requests, errors, cached, unchecked, unpriced, input_tokens,
    output_tokens, cost_nano_usd, milli_neurons, saved_nano_usd, saved_ms
  ) SELECT
    hour, org_id, gateway_id, key, value, sum(requests), sum(errors), sum(cached), sum(unchecked), sum(unpriced),
    sum(input_tokens), sum(output_tokens), sum(cost_nano_usd), sum(milli_neurons), sum(saved_nano_usd),
    sum(saved_ms)
  FROM metadata_contributions
  WHERE org_id = NEW.org_id AND id >= NEW.from_id AND id < NEW.to_id AND hour >= NEW.from_hour AND hour < NEW.to_hour
  GROUP BY hour, gateway_id, key, value;
  DELETE FROM usage_daily WHERE org_id = NEW.org_id AND day = NEW.from_hour - NEW.from_hour % 86400000;
  INSERT INTO usage_daily (
    day, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type,
    cache_status, requests, unchecked, unpriced, input_tokens, output_tokens, cost_nano_usd, charged_nano_usd,
    milli_neurons, duration_ms, saved_nano_usd, saved_ms, errors, ttft_requests, duration_le_50, duration_le_100,
    duration_le_200, duration_le_300, duration_le_500, duration_le_800, duration_le_1200, duration_le_2000,
    duration_le_3000, duration_le_5000, duration_le_8000, duration_le_12000, duration_le_20000, duration_le_30000,
    duration_le_60000, duration_le_120000, ttft_le_50, ttft_le_100, ttft_le_200, ttft_le_300, ttft_le_500,
    ttft_le_800, ttft_le_1200, ttft_le_2000, ttft_le_3000, ttft_le_5000, ttft_le_10000, ttft_le_20000
  ) SELECT
    NEW.from_hour - NEW.from_hour % 86400000, org_id, gateway_id, gateway_key_id, user_id, provider, model,
    key_source, provider_key_id, error_type, cache_status, sum(requests), sum(unchecked), sum(unpriced),
    sum(input_tokens), sum(output_tokens), sum(cost_nano_usd), sum(charged_nano_usd), sum(milli_neurons),
    sum(duration_ms), sum(saved_nano_usd), sum(saved_ms), sum(errors), sum(ttft_requests), sum(duration_le_50),
    sum(duration_le_100), sum(duration_le_200), sum(duration_le_300), sum(duration_le_500), sum(duration_le_800),
    sum(duration_le_1200), sum(duration_le_2000), sum(duration_le_3000), sum(duration_le_5000),
    sum(duration_le_8000), sum(duration_le_12000), sum(duration_le_20000), sum(duration_le_30000),
    sum(duration_le_60000), sum(duration_le_120000), sum(ttft_le_50), sum(ttft_le_100), sum(ttft_le_200),
    sum(ttft_le_300), sum(ttft_le_500), sum(ttft_le_800), sum(ttft_le_1200), sum(ttft_le_2000), sum(ttft_le_3000),
    sum(ttft_le_5000), sum(ttft_le_10000), sum(ttft_le_20000)
  FROM usage_hourly
  WHERE org_id = NEW.org_id AND hour >= NEW.from_hour - NEW.from_hour % 86400000 AND hour < NEW.from_hour - NEW.from_hour % 86400000 + 86400000
  GROUP BY gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type, cache_status;
  DELETE FROM usage_metadata_daily WHERE org_id = NEW.org_id AND day = NEW.from_hour - NEW.from_hour % 86400000;
  INSERT INTO usage_metadata_daily (
    day, org_id, gateway_id, key, value, requests, errors, cached, unchecked, unpriced, input_tokens, output_tokens,
    cost_nano_usd, milli_neurons, saved_nano_usd, saved_ms
  ) SELECT
    NEW.from_hour - NEW.from_hour % 86400000, org_id, gateway_id, key, value, sum(requests), sum(errors),
    sum(cached), sum(unchecked), sum(unpriced), sum(input_tokens), sum(output_tokens), sum(cost_nano_usd),
    sum(milli_neurons), sum(saved_nano_usd), sum(saved_ms)
  FROM usage_metadata_hourly
  WHERE org_id = NEW.org_id AND hour >= NEW.from_hour - NEW.from_hour % 86400000 AND hour < NEW.from_hour - NEW.from_hour % 86400000 + 86400000
  GROUP BY gateway_id, key, value;
END;

-- Money and counts of the hours that are there already; `pnpm backfill` brings their errors, latency and metadata.
INSERT INTO usage_daily (
  day, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type,
  cache_status, requests, unchecked, unpriced, input_tokens, output_tokens, cost_nano_usd, charged_nano_usd,
  milli_neurons, duration_ms, saved_nano_usd, saved_ms
) SELECT
  hour - hour % 86400000, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id,
  error_type, cache_status, sum(requests), sum(unchecked), sum(unpriced), sum(input_tokens), sum(output_tokens),
  sum(cost_nano_usd), sum(charged_nano_usd), sum(milli_neurons), sum(duration_ms), sum(saved_nano_usd),
  sum(saved_ms)
FROM usage_hourly GROUP BY hour - hour % 86400000, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type, cache_status;

-- For people with SQL; none of these reads rows of requests.
CREATE VIEW v_spend_hourly AS SELECT
  org_id, hour, strftime('%Y-%m-%dT%H:00Z', hour / 1000, 'unixepoch') AS hour_utc,
  sum(requests) AS requests, sum(errors) AS errors, sum(unpriced) AS unpriced,
  sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
  sum(cost_nano_usd) AS cost_nano_usd, sum(cost_nano_usd) / 1e9 AS cost_usd
FROM usage_hourly GROUP BY org_id, hour;

CREATE VIEW v_spend_by_model AS SELECT
  org_id, day, date(day / 1000, 'unixepoch') AS day_utc, provider, model,
  sum(requests) AS requests, sum(errors) AS errors, sum(unpriced) AS unpriced,
  sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
  sum(cost_nano_usd) AS cost_nano_usd, sum(cost_nano_usd) / 1e9 AS cost_usd
FROM usage_daily GROUP BY org_id, day, provider, model;

CREATE VIEW v_spend_by_provider_key AS SELECT
  org_id, day, date(day / 1000, 'unixepoch') AS day_utc, provider, key_source, provider_key_id,
  sum(requests) AS requests, sum(errors) AS errors, sum(unpriced) AS unpriced,
  sum(cost_nano_usd) AS cost_nano_usd, sum(cost_nano_usd) / 1e9 AS cost_usd
FROM usage_daily GROUP BY org_id, day, provider, key_source, provider_key_id;

CREATE VIEW v_spend_by_org_user AS SELECT
  org_id, day, date(day / 1000, 'unixepoch') AS day_utc, user_id,
  sum(requests) AS requests, sum(errors) AS errors, sum(unpriced) AS unpriced,
  sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
  sum(cost_nano_usd) AS cost_nano_usd, sum(cost_nano_usd) / 1e9 AS cost_usd
FROM usage_daily GROUP BY org_id, day, user_id;

CREATE VIEW v_cache_savings AS SELECT
  org_id, day, date(day / 1000, 'unixepoch') AS day_utc, provider, model,
  sum(requests) AS requests,
  COALESCE(sum(requests) FILTER (WHERE cache_status = 'HIT'), 0) AS hits,
  COALESCE(sum(requests) FILTER (WHERE cache_status = 'HIT'), 0) * 1.0 / sum(requests) AS hit_ratio,
  sum(saved_nano_usd) AS saved_nano_usd, sum(saved_nano_usd) / 1e9 AS saved_usd, sum(saved_ms) AS saved_ms
FROM usage_daily WHERE cache_status <> '' GROUP BY org_id, day, provider, model;

CREATE VIEW v_error_patterns AS SELECT
  org_id, hour, strftime('%Y-%m-%dT%H:00Z', hour / 1000, 'unixepoch') AS hour_utc, provider, model, error_type,
  sum(errors) AS errors
FROM usage_hourly WHERE errors > 0 GROUP BY org_id, hour, provider, model, error_type;

CREATE VIEW v_neurons_daily AS SELECT
  org_id, day, date(day / 1000, 'unixepoch') AS day_utc, model,
  sum(requests) AS requests, sum(milli_neurons) AS milli_neurons, sum(milli_neurons) / 1e3 AS neurons
FROM usage_daily WHERE milli_neurons > 0 GROUP BY org_id, day, model;
