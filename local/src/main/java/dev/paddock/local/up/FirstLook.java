package dev.paddock.local.up;

import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.StartFailedException;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the servers that the user named are there, let us in, and are what Paddock needs: said in a sentence now, instead
 * of in the log of a service that could not start.
 */
final class FirstLook {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int REDIS_PORT = 6379;
    private static final String LEAST_REDIS = "6.2";

    private FirstLook() {}

    /** Asks Redis for its version, in its own protocol (RESP). */
    static void redis(URI uri) {
        if (!"redis".equals(uri.getScheme())) {
            // With TLS or Sentinel it takes a client, which the manager has.
            return;
        }
        int port = uri.getPort() < 0 ? REDIS_PORT : uri.getPort();
        String where = uri.getHost() + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), port), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String login = uri.getUserInfo();
            if (login != null) {
                String[] words = login.startsWith(":") ? new String[] {login.substring(1)} : login.split(":", 2);
                say(socket.getOutputStream(), "AUTH", words);
                refuse(where, line(in));
            }
            say(socket.getOutputStream(), "INFO", "server");
            refuse(where, line(in));
            refuseOldRedis(where, in);
        } catch (IOException e) {
            throw new StartFailedException("No Redis answers at %s (%s).".formatted(where, e.getMessage()), e);
        }
    }

    private static void say(OutputStream out, String command, String... arguments) throws IOException {
        StringBuilder frame = new StringBuilder("*" + (arguments.length + 1) + "\r\n");
        for (String word : concat(command, arguments)) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            frame.append('$').append(bytes.length).append("\r\n").append(word).append("\r\n");
        }
        out.write(frame.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static List<String> concat(String command, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = command;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Arrays.asList(all);
    }

    private static void refuse(String where, String answer) {
        if (answer.startsWith("-")) {
            throw new StartFailedException("Redis at %s does not let us in: %s. Set --redis-password-file."
                    .formatted(where, answer.substring(1)));
        }
    }

    private static void refuseOldRedis(String where, InputStream in) throws IOException {
        String line = line(in);
        while (!line.startsWith("redis_version:")) {
            line = line(in);
        }
        String version = line.substring("redis_version:".length());
        if (Arrays.compare(numbers(version), numbers(LEAST_REDIS)) < 0) {
            throw new StartFailedException(
                    "Redis at %s is %s: Paddock needs %s or newer.".formatted(where, version, LEAST_REDIS));
        }
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.replaceAll("[^0-9.].*", "").split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new IOException("it closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }

    /** Connects as each of the two services would, and asks for JetStream. */
    static void nats(Addresses.Nats nats) {
        nats(nats.url(), nats.managerCreds(), "--nats-manager-creds");
        nats(nats.url(), nats.directorCreds(), "--nats-director-creds");
    }

    private static void nats(String url, @Nullable Path creds, String option) {
        Options.Builder options = new Options.Builder()
                .server(url)
                .noReconnect()
                .connectionTimeout(PATIENCE)
                // What goes wrong is said by the exception.
                .errorListener(new ErrorListener() {});
        if (creds != null) {
            options.authHandler(Nats.credentials(creds.toString()));
        }
        try (Connection connection = Nats.connect(options.build())) {
            connection.jetStreamManagement().getAccountStatistics();
        } catch (JetStreamApiException e) {
            throw new StartFailedException(
                    "NATS at %s has no JetStream for us (%s): start it with -js.".formatted(url, e.getMessage()), e);
        } catch (IOException e) {
            throw new StartFailedException(
                    "NATS at %s cannot be used: %s. If it asks for credentials, set %s."
                            .formatted(url, e.getMessage(), option),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Interrupted while connecting to NATS.", e);
        }
    }

    /** Connects to the database, which makes it if it is missing. */
    static void mysql(String address, MysqlDatabase database) {
        try {
            DriverManager.getConnection(database.url(), database.user(), database.password())
                    .close();
        } catch (SQLException e) {
            throw new StartFailedException(
                    "MySQL at %s does not give %s the database %s: %s."
                            .formatted(address, database.user(), database.name(), firstLine(e)),
                    e);
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
