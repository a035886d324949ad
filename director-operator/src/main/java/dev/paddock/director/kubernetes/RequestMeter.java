package dev.paddock.director.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code paddock.api.requests{verb, resource, code}}: what the API server was asked, and how it answered; {@code code=none}: not
 * at all. A resource is {@code pods} or {@code gameservers/status}, whichever object it is.
 */
final class RequestMeter implements Interceptor {
    private static final Pattern RESOURCE =
            Pattern.compile("/(?:api|apis/[^/]+)/[^/]+(?:/namespaces/[^/]+)?/([^/]+)(?:/[^/]+(/[^/]+)?)?$");

    private final MeterRegistry registry;

    RequestMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
        count(request, Integer.toString(response.code()));
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        count(request, "none");
    }

    private void count(HttpRequest request, String code) {
        String query = request.uri().getQuery();
        String verb = query != null && query.contains("watch=true") ? "WATCH" : request.method();
        String resource = resource(request.uri().getPath());
        registry.counter("paddock.api.requests", "verb", verb, "resource", resource, "code", code)
                .increment();
    }

    static String resource(String path) {
        Matcher object = RESOURCE.matcher(path);
        if (!object.find()) {
            return "other";
        }
        return object.group(2) == null ? object.group(1) : object.group(1) + object.group(2);
    }
}
