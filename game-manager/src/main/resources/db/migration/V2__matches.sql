-- Taken by MySQL 8 and by MariaDB. Matches that are over; live ones are in Redis. Times are epoch milliseconds.
CREATE TABLE matches (
  match_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  mode VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  region VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- ENDED or CANCELLED
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  formed_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  -- All there is to know of the match, in JSON: players, result, times of the stops.
  document MEDIUMTEXT CHARACTER SET utf8mb4 NOT NULL
) ENGINE = InnoDB;

CREATE TABLE match_players (
  match_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  player_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The match's, so that a player's matches come newest first from the index alone.
  formed_at BIGINT NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- From 1; null if the match was not played to its end.
  place INT NULL,
  PRIMARY KEY (match_id, player_id),
  KEY newest_of_player (player_id, formed_at, match_id)
) ENGINE = InnoDB;
