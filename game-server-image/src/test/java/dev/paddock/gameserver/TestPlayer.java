package dev.paddock.gameserver;

import dev.paddock.protocol.Json;
import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.game.ToServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A client of the game protocol that accepts the pinned key and no other. */
public final class TestPlayer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final SSLSocket socket;
    private final BufferedReader in;

    private TestPlayer(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Connects and shakes hands. */
    public static TestPlayer connect(int port, String publicKeySha256, String... protocols) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Pinned(publicKeySha256)}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            return new TestPlayer(socket);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public TestPlayer send(ToServer line) throws IOException {
        return sendRaw(Json.text(line) + "\n");
    }

    public TestPlayer sendRaw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The next line; null when the server has closed. */
    public @Nullable FromServer next() throws IOException {
        String line = in.readLine();
        return line == null ? null : Json.read(line, FromServer.class);
    }

    /** The next line of that kind. */
    public <T extends FromServer> T next(Class<T> type) throws IOException {
        FromServer line;
        while ((line = next()) != null) {
            if (type.isInstance(line)) {
                return type.cast(line);
            }
        }
        throw new AssertionError("closed before a " + type.getSimpleName());
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Pinned extends X509ExtendedTrustManager {
        private final String publicKeySha256;

        Pinned(String publicKeySha256) {
            this.publicKeySha256 = publicKeySha256;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest(chain[0].getPublicKey().getEncoded());
                if (!Base64.getEncoder().encodeToString(hash).equals(publicKeySha256)) {
                    throw new CertificateException("not the pinned key");
                }
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket s) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine e)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("a client only");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket s) throws CertificateException {
            throw new CertificateException("a client only");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine e)
                throws CertificateException {
            throw new CertificateException("a client only");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
