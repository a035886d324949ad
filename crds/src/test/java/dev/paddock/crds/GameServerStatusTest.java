package dev.paddock.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GameServerStatusTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void kubectlIsToldThePortsAsAText() {
        JsonNode status = JSON.valueToTree(withPorts(Map.of("udp", 40124, "tcp", 40123)));

        assertThat(status.path("portsShown").asText()).isEqualTo("40123/tcp,40124/udp");
        assertThat(status.path("ports").path("udp").asInt()).isEqualTo(40124);
    }

    @Test
    void whatIsNotKnownYetIsNotSaid() {
        assertThat(JSON.valueToTree(withPorts(null)).toString()).isEqualTo("{}");
    }

    @Test
    void theTextIsNeverReadBack() throws JsonProcessingException {
        GameServerStatus read =
                JSON.readValue("{\"ports\":{\"tcp\":1},\"portsShown\":\"by hand\"}", GameServerStatus.class);

        assertThat(read).isEqualTo(withPorts(Map.of("tcp", 1)));
        assertThat(read.portsShown()).isEqualTo("1/tcp");
    }

    private static GameServerStatus withPorts(@Nullable Map<String, Integer> ports) {
        return new GameServerStatus(null, null, ports, null, null, null, null, null, null, null, null);
    }
}
