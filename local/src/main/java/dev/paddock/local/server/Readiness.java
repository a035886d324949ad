package dev.paddock.local.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** Waits until a server answers on its port, and stops waiting when its process ends. */
final class Readiness {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);
    private static final int ANSWER_MS = 1000;
    private static final int ANSWER_BYTES = 4096;

    private Readiness() {}

    /** The same for one that listens on this machine alone. */
    static void await(ChildProcess server, int port, String question, Predicate<String> good, Duration bound) {
        await(server, new InetSocketAddress("127.0.0.1", port), question, good, bound);
    }

    /**
     * @param at where it listens
     * @param question sent after connecting; empty for a server that speaks first
     * @param good tells from the first bytes of the answer whether the server is ready
     * @throws StartFailedException if it ends or does not get ready within the bound; it does not run any more then
     */
    static void await(
            ChildProcess server, InetSocketAddress at, String question, Predicate<String> good, Duration bound) {
        Instant deadline = Instant.now().plus(bound);
        while (!answersWell(at, question, good)) {
            if (server.endedWithin(BETWEEN_TRIES)) {
                server.close();
                throw server.died();
            }
            if (Instant.now().isAfter(deadline)) {
                server.kill();
                throw server.failed("%s was not ready after %d s".formatted(server.name(), bound.toSeconds()));
            }
        }
        // Another process could be answering on the port that ours failed to bind.
        if (server.endedWithin(Duration.ZERO)) {
            server.close();
            throw server.died();
        }
    }

    private static boolean answersWell(InetSocketAddress at, String question, Predicate<String> good) {
        try (Socket socket = new Socket()) {
            socket.connect(at, ANSWER_MS);
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            return good.test(readSome(socket.getInputStream(), good));
        } catch (IOException e) {
            return false;
        }
    }

    private static String readSome(InputStream in, Predicate<String> enough) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[ANSWER_BYTES];
        while (answer.length() < ANSWER_BYTES && !enough.test(answer.toString())) {
            int read = in.read(buffer);
            if (read < 0) {
                break;
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
        return answer.toString();
    }
}
