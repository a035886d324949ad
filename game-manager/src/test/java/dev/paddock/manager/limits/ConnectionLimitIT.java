package dev.paddock.manager.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.redis.TestRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections as a client has them that never closes one. */
class ConnectionLimitIT {
    private static final int MOST = 3;
    private static TestManager manager;
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        manager = TestManager.start(
                TestPlatform.withRedis("connections", TestRedis.shared()), Map.of("paddock.limits.connections", MOST));
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @AfterEach
    void closeAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void oneMoreThanMayBeIsClosedAndTheOthersAreServed() throws IOException {
        List<Socket> served = asManyAsMayBe();

        assertThat(isAnswered(connect())).isFalse();

        for (Socket socket : served) {
            assertThat(isAnswered(socket)).isTrue();
        }
    }

    @Test
    void whenOneLeavesAnotherMayCome() throws IOException {
        List<Socket> served = asManyAsMayBe();
        assertThat(isAnswered(connect())).isFalse();

        served.getFirst().close();

        await("a new connection is served").atMost(Duration.ofSeconds(10)).until(() -> isAnswered(connect()));
    }

    private List<Socket> asManyAsMayBe() {
        List<Socket> served = new ArrayList<>();
        // Those of the test before may not be counted off yet.
        await("so many are served").atMost(Duration.ofSeconds(10)).until(() -> {
            Socket socket = connect();
            if (isAnswered(socket)) {
                served.add(socket);
            }
            return served.size() == MOST;
        });
        return served;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(manager.url().getHost(), manager.url().getPort());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    /** Whether a request on this connection gets its answer; if not, the connection is closed. */
    private static boolean isAnswered(Socket socket) throws IOException {
        try {
            socket.getOutputStream()
                    .write("GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String status = in.readLine();
            if (status == null) {
                return false;
            }
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                String[] header = line.toLowerCase(Locale.ROOT).split(": *", 2);
                length = header[0].equals("content-length") ? Integer.parseInt(header[1]) : length;
            }
            assertThat(in.skip(length)).isEqualTo(length);
            return status.contains(" 200 ");
        } catch (SocketException e) {
            // Reset or broken pipe: closed before, or while, it was written to.
            return false;
        }
    }
}
