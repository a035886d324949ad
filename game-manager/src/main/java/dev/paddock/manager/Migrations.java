package dev.paddock.manager;

import io.micronaut.context.annotation.Context;
import io.micronaut.jdbc.DataSourceResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Named;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables up to date before the manager serves. A MySQL that is away is asked again every {@link #AGAIN}, for as
 * long as it takes, while the manager serves what needs none: a replica that is restarted meanwhile must not be lost to
 * matchmaking. Anything else that is wrong (password, a migration that fails) refuses to start.
 */
@Context
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    // Class 08 of SQL:2003 is "no connection"; Connector/J says 08S01 and 08001.
    private static final String NO_CONNECTION = "08";

    private final DataSource database;
    private final TaskScheduler scheduler;

    Migrations(
            DataSource database, DataSourceResolver resolver, @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        // The repositories' one belongs to their transactions.
        this.database = resolver.resolve(database);
        this.scheduler = scheduler;
        migrate();
    }

    private void migrate() {
        try {
            Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            LOG.info("tables are up to date");
        } catch (FlywayException e) {
            if (!isAway(e)) {
                throw new IllegalStateException(
                        "The tables in MySQL could not be brought up to date; look at datasources.default.{url,username,"
                                + "password}: " + e.getMessage(),
                        e);
            }
            LOG.warn("MySQL is away, accounts are closed until it is back why={}", e.getMessage());
            var _ = scheduler.schedule(AGAIN, this::migrate);
        }
    }

    /** The deepest cause decides: the pool says "no connection" about a wrong password too. */
    static boolean isAway(Throwable failure) {
        boolean away = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                away = sql.getSQLState().startsWith(NO_CONNECTION);
            }
        }
        return away;
    }
}
