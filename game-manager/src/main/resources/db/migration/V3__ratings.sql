-- A rating is a normal distribution: rating its mean, uncertainty its standard deviation, both in points. Who has played
-- before this keeps the mean, and is as unsure as a newcomer: nothing has been learned from those matches.
ALTER TABLE players ADD COLUMN uncertainty DOUBLE NOT NULL DEFAULT 500 AFTER rating;
