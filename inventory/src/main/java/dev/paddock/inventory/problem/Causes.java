package dev.paddock.inventory.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the cause of a failure out of what the layers below have wrapped around it. */
final class Causes {
    private Causes() {}

    /** Whether it may go well in a moment: no connection to be had, it broke, or another transaction was in the way. */
    static boolean isDatabaseAway(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || cause instanceof SQLNonTransientConnectionException
                    || cause instanceof SQLRecoverableException) {
                return true;
            }
        }
        return false;
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
