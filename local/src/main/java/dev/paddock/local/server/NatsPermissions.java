package dev.paddock.local.server;

import dev.paddock.protocol.Subjects;
import io.nats.client.support.JwtUtils.Permission;
import io.nats.client.support.JwtUtils.ResponsePermission;
import io.nats.client.support.JwtUtils.UserClaim;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What managers and directors may publish and subscribe: their side of DESIGN 4.3, and the JetStream subjects behind
 * the KV buckets that they read or write. Answers to requests they got are allowed on top, once each.
 */
final class NatsPermissions {
    private static final List<String> BUCKETS = List.of(Subjects.MODES_BUCKET, Subjects.REGIONS_BUCKET);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);
    private static final String INBOX = "_INBOX.>";

    private NatsPermissions() {}

    /** Asks directors and other managers, tells directors the demand, listens to match events, pushes to players, reads the buckets. */
    static UserClaim manager(String account) {
        Stream<String> own = Stream.of("paddock.director.>", "paddock.player.>", "paddock.queue.>", "paddock.demand.*");
        Stream<String> read = BUCKETS.stream().flatMap(NatsPermissions::readBucket);
        return claim(
                account,
                Stream.concat(own, read),
                Stream.of(Subjects.ALL_MATCH_EVENTS, "paddock.player.>", "paddock.queue.>", INBOX));
    }

    /** Answers managers, speaks with all servers, says match events, keeps the buckets. */
    static UserClaim director(String account) {
        Stream<String> own = Stream.of(
                "paddock.server.*.assign", "paddock.server.*.seat", "paddock.server.*.retire", "paddock.match.>");
        Stream<String> keep =
                BUCKETS.stream().flatMap(bucket -> Stream.concat(readBucket(bucket), writeBucket(bucket)));
        return claim(
                account,
                Stream.concat(own, keep),
                Stream.of(
                        "paddock.director.>",
                        Subjects.ALL_SERVER_READY,
                        Subjects.ALL_SERVER_HEARTBEAT,
                        Subjects.ALL_SERVER_SEATS,
                        Subjects.ALL_SERVER_ENDED,
                        Subjects.ALL_DEMAND,
                        // How NATS services (micro) are found and asked for their figures.
                        "$SRV.>",
                        INBOX));
    }

    private static Stream<String> readBucket(String bucket) {
        String stream = "KV_" + bucket;
        return Stream.of(
                "$JS.API.INFO",
                "$JS.API.STREAM.INFO." + stream,
                "$JS.API.STREAM.MSG.GET." + stream,
                "$JS.API.DIRECT.GET." + stream,
                "$JS.API.DIRECT.GET." + stream + ".>",
                "$JS.API.CONSUMER.CREATE." + stream,
                "$JS.API.CONSUMER.CREATE." + stream + ".>",
                "$JS.API.CONSUMER.INFO." + stream + ".>",
                "$JS.API.CONSUMER.DELETE." + stream + ".>",
                "$JS.FC." + stream + ".>");
    }

    private static Stream<String> writeBucket(String bucket) {
        String stream = "KV_" + bucket;
        return Stream.of(
                "$KV." + bucket + ".>",
                "$JS.API.STREAM.CREATE." + stream,
                "$JS.API.STREAM.UPDATE." + stream,
                "$JS.API.STREAM.PURGE." + stream);
    }

    private static UserClaim claim(String account, Stream<String> publish, Stream<String> subscribe) {
        return new UserClaim(account)
                .pub(new Permission().allow(publish.distinct().toArray(String[]::new)))
                .sub(new Permission().allow(subscribe.toArray(String[]::new)))
                .resp(new ResponsePermission().maxMsgs(1).expires(ANSWER_WITHIN));
    }
}
