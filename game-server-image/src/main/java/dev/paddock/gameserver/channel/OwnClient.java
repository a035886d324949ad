package dev.paddock.gameserver.channel;

import dev.paddock.protocol.Json;
import dev.paddock.protocol.game.ToServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A client inside the server's own process, for its rehearsal: accepts the server's key and no other. */
public final class OwnClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5000;

    private final SSLSocket socket;
    private final BufferedReader in;

    private OwnClient(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Connects on loopback. */
    public static OwnClient connect(int port, ServerKey key) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Only(key.publicKey())}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new OwnClient(socket);
    }

    /** Sends a line. */
    public void send(ToServer line) throws IOException {
        socket.getOutputStream().write((Json.text(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The next line; null when the server has closed. */
    public @Nullable String next() throws IOException {
        return in.readLine();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private record Only(PublicKey key) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            if (!chain[0].getPublicKey().equals(key)) {
                throw new CertificateException("not our own key");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
