package dev.paddock.local.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PlayCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "--players 0,       --players must be 1 to 1000",
                "--players two,     Invalid value for option '--players'",
                "--repeat 0,        --repeat must be",
                "--until never,     'never' is neither 'result' nor 'joined'",
                "--pause 1,         '1' is not a duration",
                "--patience 0s,     --patience must be more than nothing",
                "--url ftp://a,     --url must be like",
                "--url /v1,         --url must be like",
                "--speed 9,         Unknown option",
            })
    void anArgumentThatMakesNoSenseIsASentenceAndExitCode2(String arguments, String sentence) {
        int code = play(arguments.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void withoutAPlatformItSaysHowToStartOne() throws IOException {
        String nobody = "http://127.0.0.1:" + unusedPort();

        int code = play("--url", nobody);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("No platform answers at " + nobody + "; start one with ./paddock up\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void withoutAPlatformJsonIsStillOneObject() throws IOException {
        play("--json", "--url", "http://127.0.0.1:" + unusedPort());

        var json = Json.read(out.toString(), com.fasterxml.jackson.databind.JsonNode.class);
        assertThat(json.path("ok").asBoolean(true)).isFalse();
        assertThat(json.path("missing").get(0).asText()).contains("./paddock up");
    }

    private int play(String... arguments) {
        return new CommandLine(new PlayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
