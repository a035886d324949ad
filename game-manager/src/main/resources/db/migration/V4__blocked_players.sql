-- Taken by MySQL 8 and by MariaDB. Whom a player never wants to meet.
CREATE TABLE blocked_players (
  player_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  blocked_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  blocked_at DATETIME(3) NOT NULL,
  PRIMARY KEY (player_id, blocked_id)
) ENGINE = InnoDB;
