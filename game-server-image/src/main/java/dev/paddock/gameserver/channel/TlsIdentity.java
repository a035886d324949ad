package dev.paddock.gameserver.channel;

import java.io.IOException;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS side of a {@link ServerKey}: a self-signed certificate (RFC 5280), {@code CN} = the server's id. Clients pin
 * the key and look at nothing else of it.
 *
 * <p>Made on a thread of its own: the first certificate of a JVM takes longer than binding the port and saying so.
 */
public final class TlsIdentity {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] CIPHERS = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    };
    private static final Duration LIFETIME = Duration.ofDays(3650);
    private static final Duration BACKDATED = Duration.ofDays(1);

    private final FutureTask<SSLContext> context;

    private TlsIdentity(FutureTask<SSLContext> context) {
        this.context = context;
    }

    /** Starts making the certificate. */
    public static TlsIdentity prepare(ServerKey key, String serverId, InstantSource clock) {
        FutureTask<SSLContext> context = new FutureTask<>(() -> context(key, serverId, clock.instant()));
        Thread.ofPlatform().daemon().name("certificate").start(context);
        return new TlsIdentity(context);
    }

    /** The server's end of TLS over an accepted connection; waits for the certificate. */
    SSLSocket over(Socket plain) throws IOException, InterruptedException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        socket.setUseClientMode(false);
        socket.setEnabledProtocols(PROTOCOLS);
        socket.setEnabledCipherSuites(CIPHERS);
        return socket;
    }

    private SSLContext context() throws InterruptedException {
        try {
            return context.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("no certificate could be made for the server's key", e);
        }
    }

    private static SSLContext context(ServerKey key, String serverId, Instant now) throws Exception {
        X509Certificate certificate = SelfSigned.certificate(key, serverId, now.minus(BACKDATED), now.plus(LIFETIME));
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = {new OneKey(key.privateKey(), certificate)};
        context.init(keys, new TrustManager[0], null);
        return context;
    }

    /** One key for every client; a key store would encrypt it in memory, for nobody, at the cost of the start. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "server";
        private static final String RSA = "RSA";

        private final PrivateKey key;
        private final X509Certificate certificate;

        OneKey(PrivateKey key, X509Certificate certificate) {
            this.key = key;
            this.certificate = certificate;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket s) {
            return keyType.startsWith(RSA) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine e) {
            return chooseServerAlias(keyType, issuers, null);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }
}
