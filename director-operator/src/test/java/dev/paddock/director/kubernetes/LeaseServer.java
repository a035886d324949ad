package dev.paddock.director.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** As much of an API server as an election needs: one lease, which whoever has created it renews. */
final class LeaseServer implements AutoCloseable {
    private final HttpServer http;
    private final AtomicReference<byte @Nullable []> lease = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean broken;
    private volatile boolean silent;
    private volatile boolean waitedFor;

    LeaseServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + http.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(0)
                        .build())
                .build();
    }

    /** It answers each request with an error, or works again. */
    void broken(boolean isBroken) {
        broken = isBroken;
    }

    /** It takes requests, and answers none of them as long as it lives. */
    void silent() {
        silent = true;
    }

    boolean isWaitedFor() {
        return waitedFor;
    }

    @Override
    public void close() {
        end.countDown();
        http.stop(0);
    }

    private void answer(HttpExchange request) throws IOException {
        byte[] said = request.getRequestBody().readAllBytes();
        if (silent) {
            waitForTheEnd();
        }
        if (broken) {
            send(request, 500, new byte[0]);
            return;
        }
        if (request.getRequestMethod().equals("POST")) {
            lease.set(said);
        }
        byte[] present = lease.get();
        send(request, present == null ? 404 : 200, present == null ? new byte[0] : present);
    }

    private void waitForTheEnd() {
        waitedFor = true;
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange request, int code, byte[] body) throws IOException {
        request.getResponseHeaders().add("Content-Type", "application/json");
        request.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        try (OutputStream out = request.getResponseBody()) {
            out.write(body);
        }
    }
}
