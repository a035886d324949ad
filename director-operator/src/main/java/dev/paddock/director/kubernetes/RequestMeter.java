package dev.paddock.director.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;

/** {@code paddock.api.requests{verb, code}}: what the API server was asked, and how it answered; {@code code=none}: not at all. */
final class RequestMeter implements Interceptor {
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
        registry.counter("paddock.api.requests", "verb", verb, "code", code).increment();
    }
}
