-- Part of every key of the cache; a purge raises it, and a gateway that is made anew never has an old one.
ALTER TABLE gateways ADD COLUMN cache_generation INTEGER NOT NULL DEFAULT 0;

-- What a stored answer cost and took, on the rows of those who got it from the cache.
ALTER TABLE request_logs ADD COLUMN saved_nano_usd INTEGER;
ALTER TABLE request_logs ADD COLUMN saved_ms INTEGER;

ALTER TABLE usage_hourly ADD COLUMN saved_nano_usd INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN saved_ms INTEGER NOT NULL DEFAULT 0;

-- As in 0004_money.sql, with the two sums.
DROP TRIGGER request_logs_roll_up;

CREATE TRIGGER request_logs_roll_up AFTER INSERT ON request_logs BEGIN
  INSERT INTO usage_hourly (
    hour, org_id, gateway_id, gateway_key_id, user_id, provider, model, key_source, provider_key_id, error_type, cache_status,
    requests, unchecked, unpriced, input_tokens, output_tokens, cost_nano_usd, charged_nano_usd, milli_neurons, duration_ms,
    saved_nano_usd, saved_ms
  ) VALUES (
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
    NEW.duration_ms,
    COALESCE(NEW.saved_nano_usd, 0),
    COALESCE(NEW.saved_ms, 0)
  ) ON CONFLICT DO UPDATE SET
    requests = requests + 1,
    unchecked = unchecked + excluded.unchecked,
    unpriced = unpriced + excluded.unpriced,
    input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd,
    charged_nano_usd = charged_nano_usd + excluded.charged_nano_usd,
    milli_neurons = milli_neurons + excluded.milli_neurons,
    duration_ms = duration_ms + excluded.duration_ms,
    saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd,
    saved_ms = saved_ms + excluded.saved_ms;
END;
