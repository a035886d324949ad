-- Taken by MySQL 8 and by MariaDB. Ids are ASCII and compared byte by byte; money is whole coins; *_at are milliseconds
-- since 1970.
CREATE TABLE cars (
  car_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  name VARCHAR(80) CHARACTER SET utf8mb4 NOT NULL,
  kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  price BIGINT NOT NULL,
  slots INT NOT NULL,
  stats JSON NOT NULL,
  CONSTRAINT car_price_is_not_negative CHECK (price >= 0),
  CONSTRAINT car_slots_are_not_negative CHECK (slots >= 0)
) ENGINE = InnoDB;

CREATE TABLE items (
  item_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  name VARCHAR(80) CHARACTER SET utf8mb4 NOT NULL,
  -- The one kind of car that it fits; NULL: any.
  fits VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  price BIGINT NOT NULL,
  stats JSON NOT NULL,
  CONSTRAINT item_price_is_not_negative CHECK (price >= 0)
) ENGINE = InnoDB;

-- One row per player, made at first contact. Its row lock is the player's lock.
CREATE TABLE wallets (
  player_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  balance BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT balance_is_not_negative CHECK (balance >= 0)
) ENGINE = InnoDB;

CREATE TABLE player_cars (
  player_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  car_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bought_at BIGINT NOT NULL,
  PRIMARY KEY (player_id, car_id),
  FOREIGN KEY (player_id) REFERENCES wallets (player_id),
  FOREIGN KEY (car_id) REFERENCES cars (car_id)
) ENGINE = InnoDB;

CREATE TABLE player_items (
  player_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bought_at BIGINT NOT NULL,
  -- The car that it sits in; NULL: on the shelf.
  fitted_to VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (player_id, item_id),
  -- What a loadout is read with.
  KEY fitted (player_id, fitted_to),
  FOREIGN KEY (player_id) REFERENCES wallets (player_id),
  FOREIGN KEY (item_id) REFERENCES items (item_id),
  FOREIGN KEY (player_id, fitted_to) REFERENCES player_cars (player_id, car_id)
) ENGINE = InnoDB;

-- The active loadout: this car, and what is fitted to it.
CREATE TABLE loadouts (
  player_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  car_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  FOREIGN KEY (player_id, car_id) REFERENCES player_cars (player_id, car_id)
) ENGINE = InnoDB;

-- Every purchase, and with an Idempotency-Key every refusal too: the answer to a repeat.
CREATE TABLE purchases (
  purchase_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  player_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ware VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ware_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outcome VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  price BIGINT NOT NULL,
  -- After the purchase.
  balance BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,
  UNIQUE KEY one_purchase_per_key (player_id, idempotency_key),
  FOREIGN KEY (player_id) REFERENCES wallets (player_id)
) ENGINE = InnoDB;
