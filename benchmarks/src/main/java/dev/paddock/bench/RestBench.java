package dev.paddock.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.paddock.manager.garage.Loadouts;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.TicketView;
import dev.paddock.protocol.mode.Mode;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/tickets} by real HTTP: each player queues once, with a token of his own. Manager, Redis, NATS, MariaDB
 * and the clients share the machine.
 */
final class RestBench implements AutoCloseable {
    private static final Mode HOT = Wanted.anybody("bench-rest");
    private static final Mode STILL = Wanted.nobody("bench-wait");

    /** Whom the manager has seen before, in each measurement that is about them. */
    private static final int KNOWN = 25_000;

    /** Who queue and cancel again and again, to warm the manager up. */
    private static final int CANCELLING = 20_000;

    private final Report report;
    private final boolean quick;
    private final OutsideManager manager;
    private final List<String> tokens;
    private final AtomicInteger next = new AtomicInteger();

    private RestBench(Report report, boolean quick, OutsideManager manager) {
        this.report = report;
        this.quick = quick;
        this.manager = manager;
        this.tokens = prepare(quick ? 2_000 : 220_000);
    }

    static void run(Report report, boolean quick) {
        try (RestBench bench = new RestBench(report, quick, OutsideManager.start(HOT, STILL))) {
            bench.warmUp();
            bench.modes();
            bench.fresh(quick ? 4 : 64);
            for (int clients : quick ? new int[] {4} : new int[] {16, 64, 256}) {
                bench.known("known" + clients, "they wait", clients, STILL);
            }
            bench.known("matched64", "they are matched, and each match gets a server at once", quick ? 4 : 64, HOT);
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    /**
     * Until the manager's JVM has compiled what matters: it gets no quicker. Players queue and cancel, and few of them are
     * matched: matches that run are looked at from time to time, and what is measured next would share the machine with that.
     */
    private void warmUp() {
        report.heading("Warming up");
        int matched = quick ? 50 : 4_000;
        var _ = drive(quick ? 4 : 64, seconds(10), () -> next.get() < matched ? post(HOT) : null);
        int first = next.getAndAdd(quick ? 100 : CANCELLING);
        AtomicInteger turn = new AtomicInteger();
        double best = 0;
        for (int round = 1, slower = 0; slower < 3 && round <= (quick ? 2 : 12); round++) {
            Measured got = drive(quick ? 4 : 64, seconds(10), (client, heard) -> {
                String token = tokens.get(first + turn.getAndIncrement() % (next.get() - first));
                if (heard.send(client, post(STILL, token)) == 201) {
                    String ticketId = Json.read(client.body(), TicketView.class).ticketId();
                    heard.send(client, RestClient.delete("/v1/tickets/" + ticketId, token));
                }
                return true;
            });
            double rate = got.answered() / got.took();
            report.line("round " + round + ": " + Math.round(rate) + " requests/s");
            slower = rate > best * 1.05 ? 0 : slower + 1;
            best = Math.max(best, rate);
        }
        var _ = drive(quick ? 4 : 64, seconds(5), () -> RestClient.get("/v1/modes"));
    }

    private void modes() {
        report.heading("Baseline: a GET that touches neither Redis nor a token, with the same clients");
        Measured got = drive(quick ? 4 : 64, seconds(5), () -> RestClient.get("/v1/modes"));
        report.baseline("getModesPerSecond", "GET /v1/modes, 64 clients", got.answered() / got.took(), "/s");
        report.baseline("getModesP99Ms", "GET /v1/modes, p99", got.times().millis(99), "ms");
    }

    private void fresh(int clients) {
        report.heading("POST /v1/tickets, " + clients + " clients, each token never seen before; they wait");
        say("fresh" + clients, drive(clients, seconds(8), () -> post(STILL)));
    }

    /** Players who have called this manager before, as who opens a socket before "Play". */
    private void known(String key, String what, int clients, Mode mode) {
        int first = next.get();
        int count = Math.min(quick ? 100 : KNOWN, tokens.size() - first);
        AtomicInteger seen = new AtomicInteger(first);
        var _ = drive(clients, Duration.ofSeconds(30), () -> {
            int player = seen.getAndIncrement();
            return player < first + count ? RestClient.get("/v1/tickets/none", tokens.get(player)) : null;
        });
        report.heading("POST /v1/tickets, " + clients + " clients, each token seen once before; " + what);
        say(key, drive(clients, seconds(8), () -> next.get() < first + count ? post(mode) : null));
    }

    private byte[] post(Mode mode) {
        return post(mode, tokens.get(next.getAndIncrement() % tokens.size()));
    }

    private static byte[] post(Mode mode, String token) {
        return RestClient.post("/v1/tickets", token, "{\"mode\":\"" + mode.name() + "\",\"latencies\":{\"eu\":24}}");
    }

    private void say(String key, Measured got) {
        report.figure(key + "TicketsPerSecond", "tickets (201)", got.count(201) / got.took(), "tickets/s");
        report.figure(key + "P50Ms", "p50", got.times().millis(50), "ms");
        report.figure(key + "P99Ms", "p99", got.times().millis(99), "ms");
        got.statuses().forEach((status, count) -> {
            if (status != 201) {
                report.figure(key + "Status" + status, "answers " + status, count.get(), "");
            }
        });
    }

    /** What clients heard. */
    private record Measured(Map<Integer, AtomicLong> statuses, Samples.Sorted times, double took) {
        long count(int status) {
            AtomicLong count = statuses.get(status);
            return count == null ? 0 : count.get();
        }

        long answered() {
            return statuses.values().stream().mapToLong(AtomicLong::get).sum();
        }
    }

    /** What one client does again and again. */
    private interface Turn {
        /** @return whether there is more to do */
        boolean take(RestClient client, Heard heard) throws IOException;
    }

    /** What clients hear. */
    private record Heard(Map<Integer, AtomicLong> statuses, Samples times) {
        int send(RestClient client, byte[] request) throws IOException {
            long began = System.nanoTime();
            int status = client.send(request);
            times.add(System.nanoTime() - began);
            statuses.computeIfAbsent(status, s -> new AtomicLong()).incrementAndGet();
            if (status == 503) {
                LockSupport.parkNanos(100_000_000);
            }
            return status;
        }
    }

    /** @param requestOf null when there is no more */
    private Measured drive(int clients, Duration time, Supplier<byte @Nullable []> requestOf) {
        return drive(clients, time, (client, heard) -> {
            byte[] request = requestOf.get();
            if (request == null) {
                return false;
            }
            heard.send(client, request);
            return true;
        });
    }

    private Measured drive(int clients, Duration time, Turn turn) {
        Heard heard = new Heard(new ConcurrentHashMap<>(), new Samples(1_000_000));
        long began = System.nanoTime();
        long end = began + time.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, clients)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> client(end, turn, heard)))
                    .toList();
            for (var one : all) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e.getCause());
        }
        return new Measured(heard.statuses(), heard.times().sorted(), (System.nanoTime() - began) / 1e9);
    }

    private void client(long end, Turn turn, Heard heard) {
        try (RestClient client = new RestClient(manager.url())) {
            boolean more = true;
            while (more && System.nanoTime() < end) {
                more = turn.take(client, heard);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Players who have logged in: token, login session, profile and loadout, as login and socket leave them. */
    private List<String> prepare(int players) {
        report.heading(players + " players log in");
        RedisClient client = RedisClient.create(manager.redis().toString());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            Provider quick = new BouncyCastleProvider();
            ECDSASigner signer = new ECDSASigner(key(manager.signingKey(), quick), Curve.P_256);
            signer.getJCAContext().setProvider(quick);
            Date expires = Date.from(InstantSource.system().instant().plus(Duration.ofHours(1)));
            SplittableRandom random = new SplittableRandom(7);
            List<String> ids =
                    IntStream.range(0, players).mapToObj(i -> Id.next(random)).toList();
            RedisFuture<?> last = null;
            double rating = 0;
            for (String id : ids) {
                // A point apart: of so many players with real ratings nearly everybody would find somebody.
                last = login(connection.async(), id, rating++);
            }
            if (last != null) {
                last.toCompletableFuture().join();
            }
            return ids.parallelStream().map(id -> token(signer, id, expires)).toList();
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(e);
        } finally {
            client.shutdown();
        }
    }

    private static RedisFuture<?> login(RedisAsyncCommands<String, String> redis, String playerId, double rating) {
        // Only the last answer is waited for: they come in order.
        var _ = redis.hset("paddock:login:{" + playerId + "}", "playerId", playerId);
        var _ = redis.set(
                "paddock:player:{" + playerId + "}:loadout", Json.text(Loadouts.DEFAULT), SetArgs.Builder.ex(3600));
        return redis.hset(
                "paddock:player:{" + playerId + "}:profile",
                Map.of(
                        "name",
                        "player " + playerId.substring(0, 8),
                        "rating",
                        Double.toString(rating),
                        "uncertainty",
                        "100.0",
                        "blocked",
                        ""));
    }

    private static String token(JWSSigner signer, String playerId, Date expires) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType("at+jwt"))
                            .build(),
                    new JWTClaimsSet.Builder()
                            .audience("paddock:api")
                            .subject(playerId)
                            .jwtID(playerId)
                            .claim("name", "player " + playerId.substring(0, 8))
                            .expirationTime(expires)
                            .build());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey key(String pem, Provider provider) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("EC", provider)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private Duration seconds(int full) {
        return quick ? Duration.ofMillis(full * 30L) : Duration.ofSeconds(full);
    }
}
