package dev.paddock.director.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.key.KeyPool;
import dev.paddock.director.key.PublicKey;
import dev.paddock.director.key.ServerKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerObjectsTest {
    private static final String PEM = "-----BEGIN PUBLIC KEY-----\nAQID\n-----END PUBLIC KEY-----\n";
    private static final String BROKEN = "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----\n";

    @Test
    void aKeyThatSomebodyHasBrokenCountsAsNone() {
        assertThat(ServerObjects.keysOf(server(Map.of(Labels.PUBLIC_KEY, BROKEN))))
                .isEmpty();
        assertThat(ServerObjects.keysOf(server(Map.of(Labels.PUBLIC_KEY, BROKEN, Labels.PUBLIC_KEY + "-1", PEM))))
                .containsExactly(PublicKey.of(PEM));
        assertThat(ServerObjects.keysOf(server(Map.of()))).isEmpty();
    }

    @Test
    void whoFinishesAServerAddsAKeyAndTakesNone() throws Exception {
        try (KeyPool pool = new KeyPool()) {
            ServerKey first = pool.take();
            ServerKey second = pool.take();

            JsonNode one = patch(first);
            JsonNode two = patch(second);

            assertThat(one.path("metadata").path("labels").path(Labels.MODE).asText())
                    .isEqualTo("duel");
            String noteOfOne =
                    one.path("metadata").path("annotations").fieldNames().next();
            assertThat(noteOfOne)
                    .startsWith(Labels.PUBLIC_KEY + "-")
                    .isNotEqualTo(two.path("metadata")
                            .path("annotations")
                            .fieldNames()
                            .next());
            assertThat(ServerObjects.keysOf(server(Map.of(noteOfOne, first.publicPem()))))
                    .containsExactly(new PublicKey(first.publicPem(), first.publicSha256()));
        }
    }

    private static JsonNode patch(ServerKey key) throws Exception {
        return new ObjectMapper().readTree(ServerObjects.finishing(server(Map.of()), key));
    }

    private static GameServer server(Map<String, String> annotations) {
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName("s1")
                .withNamespace("games")
                .withAnnotations(annotations)
                .build());
        server.setSpec(new GameServerSpec("duel", null, ServerTemplate.of("localhost/duel:1")));
        return server;
    }
}
