package dev.paddock.e2e;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A port of this machine behind which something else is: where each connection goes is asked when it comes. */
final class Door implements AutoCloseable {
    private final ServerSocket listener;
    private final Supplier<InetSocketAddress> target;
    private final AtomicInteger opened = new AtomicInteger();

    private Door(ServerSocket listener, Supplier<InetSocketAddress> target) {
        this.listener = listener;
        this.target = target;
    }

    static Door at(String address, Supplier<InetSocketAddress> target) {
        try {
            Door door = new Door(new ServerSocket(0, 256, InetAddress.getByName(address)), target);
            Thread.ofVirtual().name("door").start(door::accept);
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To one of a Service's ready endpoints: what kube-proxy does, where there is one. */
    static Door toService(String address, KubernetesClient client, String namespace, String service) {
        Random random = new Random();
        return at(address, () -> {
            List<InetSocketAddress> ready = client
                    .discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace(namespace)
                    .withLabel("kubernetes.io/service-name", service)
                    .list()
                    .getItems()
                    .stream()
                    .flatMap(Door::ready)
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException(service + " has no ready endpoint");
            }
            return ready.get(random.nextInt(ready.size()));
        });
    }

    private static Stream<InetSocketAddress> ready(EndpointSlice slice) {
        return slice.getEndpoints().stream()
                .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
                .map(Endpoint::getAddresses)
                .map(addresses -> new InetSocketAddress(
                        addresses.getFirst(), slice.getPorts().getFirst().getPort()));
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Like {@code 10.97.0.254:40123}. */
    String address() {
        return listener.getInetAddress().getHostAddress() + ":" + port();
    }

    /** How many connections went through. */
    int opened() {
        return opened.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket in = listener.accept();
                Thread.ofVirtual().name("door-connection").start(() -> join(in));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void join(Socket in) {
        try (in;
                Socket out = new Socket()) {
            InetSocketAddress to = target.get();
            out.connect(to, 2_000);
            opened.incrementAndGet();
            Thread back = Thread.ofVirtual().name("door-answer").start(() -> carry(out, in));
            carry(in, out);
            back.join();
        } catch (IOException | IllegalStateException e) {
            // Closed, as by a Service that nobody is behind.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void carry(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // One of the two has ended it; so has the other, now.
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
