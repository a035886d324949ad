package dev.paddock.director.kubernetes;

import dev.paddock.director.fault.FaultPoints;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a {@link FaultPoints fault point} of each write to the API server, before it is sent and once it is done. */
final class WriteFaults implements Interceptor {
    /** Of an object in a namespace: its resource, its name if it has one yet, and a part of it like its status. */
    private static final Pattern OBJECT = Pattern.compile("/namespaces/[^/]+/([^/]+)(?:/[^/]+(/[^/]+)?)?$");

    private final FaultPoints faults;

    WriteFaults(FaultPoints faults) {
        this.faults = faults;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        kind(request).ifPresent(faults::before);
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.isSuccessful()) {
            kind(request).ifPresent(faults::after);
        }
    }

    /** {@code PATCH gameservers/status}; empty: nothing is written. */
    static Optional<String> kind(String method, String path) {
        Matcher object = OBJECT.matcher(path);
        if (method.equals("GET") || !object.find()) {
            return Optional.empty();
        }
        String part = object.group(2) == null ? "" : object.group(2);
        return Optional.of(method + " " + object.group(1) + part);
    }

    private static Optional<String> kind(HttpRequest request) {
        String query = request.uri().getQuery();
        return query != null && query.contains("dryRun=")
                ? Optional.empty()
                : kind(request.method(), request.uri().getPath());
    }
}
