-- Taken by MySQL 8 and by MariaDB. Ids and keys are compared byte by byte.
CREATE TABLE players (
  player_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- The name in NFKC and lower case, which may be longer than the name: what must be unique.
  name_key VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- Argon2id with its parameters and its salt.
  password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  email VARCHAR(254) CHARACTER SET utf8mb4 NULL,
  -- The Idempotency-Key of the registration: the same one again gets the same answer.
  registration_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  rating DOUBLE NOT NULL DEFAULT 1500,
  played INT NOT NULL DEFAULT 0,
  won INT NOT NULL DEFAULT 0,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY one_player_per_name (name_key)
) ENGINE = InnoDB;
