package dev.paddock.local.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A few words with a Redis on loopback, one line a command: enough to make a cluster of six of them. */
final class RedisTalk implements AutoCloseable {
    private static final int ANSWER_MS = 2000;

    private final Socket socket = new Socket();
    private final InputStream in;

    private RedisTalk(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), ANSWER_MS);
        socket.setSoTimeout(ANSWER_MS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    @SuppressWarnings("MustBeClosedChecker")
    static RedisTalk with(int port, String password) throws IOException {
        RedisTalk talk = new RedisTalk(port);
        try {
            talk.say("AUTH " + password);
            return talk;
        } catch (IOException e) {
            talk.close();
            throw e;
        }
    }

    /**
     * The answer to a command that has one text or number as its answer.
     *
     * @throws IOException if there is none, or it is an error
     */
    String say(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String line = line();
        return switch (line.charAt(0)) {
            case '+', ':' -> line.substring(1);
            case '$' -> text(Integer.parseInt(line.substring(1)));
            default -> throw new IOException("Redis says " + line);
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String text(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        line();
        return text;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Redis hung up");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
