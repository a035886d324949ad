package dev.paddock.inventory.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.micronaut.data.connection.exceptions.ConnectionException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the cause of a failure out of what the layers below have wrapped around it. */
final class Causes {
    private Causes() {}

    /**
     * Whether it may go well in a moment: no connection to be had, it broke or was killed, or another transaction was in
     * the way. By SQLSTATE class, since drivers differ in their exceptions: 08 connection, 40 rolled back, 70 interrupted.
     */
    static boolean isDatabaseAway(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // Micronaut's own hides the broken connection when it fails to tidy that connection up.
            if (cause instanceof SQLTransientException || cause instanceof ConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && hasClass(sql, "08", "40", "70")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasClass(SQLException failure, String... classes) {
        String state = failure.getSQLState();
        return state != null && Arrays.stream(classes).anyMatch(state::startsWith);
    }

    /** What is wrong with a body, without repeating it and without names of classes; null if it is not about JSON. */
    static @Nullable String whyUnreadable(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecognizedPropertyException unknown) {
                return "There is no field '" + shortened(unknown.getPropertyName()) + "'.";
            }
            if (cause instanceof JsonMappingException mapping) {
                return "'" + path(mapping) + "' is not what it must be.";
            }
            if (cause instanceof JsonProcessingException parsing) {
                return "The body is not JSON" + place(parsing) + ".";
            }
        }
        return null;
    }

    private static String path(JsonMappingException failure) {
        String path = failure.getPath().stream().map(Causes::step).collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : shortened(path);
    }

    private static String step(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : reference.getFieldName();
    }

    private static String place(JacksonException failure) {
        var location = failure.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
