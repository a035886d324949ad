package dev.paddock.manager.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.paddock.manager.redis.RedisUnavailableException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the cause of a failure out of what the layers below have wrapped around it. */
final class Causes {
    private Causes() {}

    /** What has to come back before this can go well; null if it is not that. */
    static @Nullable String whatIsAway(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisUnavailableException) {
                return "Redis: " + cause.getMessage();
            }
            if (cause instanceof SQLTransientException
                    || cause instanceof SQLNonTransientConnectionException
                    || cause instanceof SQLRecoverableException
                    || (cause instanceof SQLException sql && isConnectionState(sql.getSQLState()))) {
                return "MySQL: " + cause.getMessage();
            }
        }
        return null;
    }

    /** What is wrong with a JSON body, without repeating it and without names of classes; null if it is not that. */
    static @Nullable FieldError whyUnreadable(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecognizedPropertyException unknown) {
                return new FieldError(path(unknown), "there is no such field");
            }
            if (cause instanceof JsonMappingException mapping) {
                return new FieldError(path(mapping), "is not of the type that it must be");
            }
            if (cause instanceof JsonProcessingException parsing) {
                return new FieldError("body", "is not JSON" + place(parsing));
            }
        }
        return null;
    }

    // Class 08 of SQL:2003: connection exceptions.
    private static boolean isConnectionState(@Nullable String sqlState) {
        return sqlState != null && sqlState.startsWith("08");
    }

    private static String path(JsonMappingException failure) {
        String path = failure.getPath().stream().map(Causes::step).collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : shortened(path);
    }

    private static String step(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : reference.getFieldName();
    }

    private static String place(JsonProcessingException failure) {
        var location = failure.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
