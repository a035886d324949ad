package dev.paddock.inventory;

import io.micronaut.core.value.PropertyResolver;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Finds the sentence in why a start failed. */
final class StartFailure {
    private static final String URL = "datasources.default.url";

    private StartFailure() {}

    /** What to set or mend; null if nothing better than the stack trace is known. */
    static @Nullable String sentence(PropertyResolver settings, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefusedException refused) {
                return refused.getMessage();
            }
        }
        String url = settings.getProperty(URL, String.class).orElse(null);
        if (url == null) {
            return "Set " + URL + " (DATASOURCES_DEFAULT_URL) to the MySQL database, "
                    + "like jdbc:mysql://127.0.0.1:3306/inventory, with .username and .password.";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FlywayException migration && !(migration.getCause() instanceof SQLException)) {
                return "The tables could not be brought up to date: " + migration.getMessage();
            }
            if (cause instanceof SQLException sql) {
                return "MySQL at " + withoutSecrets(url) + " cannot be used (" + firstLine(sql) + "); start it, or set "
                        + URL + ", .username and .password.";
            }
        }
        return null;
    }

    /** Connector/J goes on about packets and milliseconds in the next ones. */
    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** The address alone: a JDBC URL may carry a password among its parameters, or before an at-sign. */
    private static String withoutSecrets(String url) {
        int parameters = url.indexOf('?');
        String address = parameters < 0 ? url : url.substring(0, parameters);
        int slashes = address.indexOf("//");
        int at = address.lastIndexOf('@');
        return at < 0 || slashes < 0 ? address : address.substring(0, slashes + 2) + address.substring(at + 1);
    }
}
