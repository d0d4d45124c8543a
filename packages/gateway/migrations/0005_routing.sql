-- How the target of a request was chosen: JSON, NULL where the caller named it.
ALTER TABLE request_logs ADD COLUMN routing TEXT;
