-- What a caller says of an answer afterwards.
ALTER TABLE request_logs ADD COLUMN feedback INTEGER;
ALTER TABLE request_logs ADD COLUMN score REAL;
