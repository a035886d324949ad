package dev.paddock.manager.garage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.manager.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Stands for the inventory service: says what it is told to say, and remembers what it was asked. */
final class FakeInventory implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Said> says = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, CountDownLatch> heldCalls = new ConcurrentHashMap<>();
    private volatile CountDownLatch held = new CountDownLatch(0);

    FakeInventory() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void says(String methodAndPath, int status, String json) {
        says.put(methodAndPath, new Said(status, json));
    }

    /** No answer until the latch opens. */
    void hold(CountDownLatch latch) {
        held = latch;
    }

    /** The next time it is asked this, it answers what it would now, but not before the latch opens. */
    void holdNext(String methodAndPath, CountDownLatch latch) {
        heldCalls.put(methodAndPath, latch);
    }

    /** As if it had just started. */
    void forget() {
        says.clear();
        heldCalls.clear();
        asked.clear();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        held.countDown();
        heldCalls.values().forEach(CountDownLatch::countDown);
        server.stop(0);
    }

    record Asked(String call, String body, String idempotencyKey) {}

    private record Said(int status, String json) {}

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        // Decided before it is held: an answer that is late is an old one.
        Said decided = says.getOrDefault(call, new Said(500, "{}"));
        CountDownLatch heldCall = heldCalls.remove(call);
        asked.add(new Asked(
                call, body, String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"))));
        try {
            held.await();
            if (heldCall != null) {
                heldCall.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean known = ("Bearer " + TestPlatform.SERVICE_TOKEN)
                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Said said = known ? decided : new Said(401, "{}");
        byte[] bytes = said.json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
