package dev.paddock.manager.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputIT {
    private static final Pattern REFUSED = Pattern.compile("HTTP/1\\.[01] 4.*", Pattern.DOTALL);
    private static TestManager manager;
    private static TestApi api;

    @BeforeAll
    static void start() {
        manager = TestManager.start(TestPlatform.fresh("badinput"));
        api = manager.api();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /v1/players       | {"name":"Good","password":"long enough","emial":"a@b.c"} | bad-request | emial
            POST | /v1/players       | {"name":17,"password":"long enough"}                     | bad-request | name
            POST | /v1/players       | {"name":true,"password":"long enough"}                   | bad-request | name
            POST | /v1/players       | {"name":["Good"],"password":"long enough"}               | bad-request | name
            POST | /v1/players       | {"name":{"a":1},"password":"long enough"}                | bad-request | name
            POST | /v1/players       | {"name":"G","password":"long enough"}                    | bad-request | name
            POST | /v1/players       | {"name":"  G  ","password":"long enough"}                | bad-request | name
            POST | /v1/players       | {"name":"123456789012345678901234567890123","password":"long enough"} | bad-request | name
            POST | /v1/players       | {"name":"Go<b>od","password":"long enough"}              | bad-request | name
            POST | /v1/players       | {"name":"Go\\nod","password":"long enough"}              | bad-request | name
            POST | /v1/players       | {"name":"...","password":"long enough"}                  | bad-request | name
            POST | /v1/players       | {"password":"long enough"}                               | bad-request | name
            POST | /v1/players       | {"name":null,"password":"long enough"}                   | bad-request | name
            POST | /v1/players       | {"name":"Good"}                                          | bad-request | password
            POST | /v1/players       | {"name":"Good","password":"short"}                       | bad-request | password
            POST | /v1/players       | {"name":"Good","password":12345678}                      | bad-request | password
            POST | /v1/players       | {"name":"Good","password":"long enough","email":"nobody"} | bad-request | email
            POST | /v1/players       | {"name":"Good","name":"Gooder","password":"long enough"} | bad-request | body
            POST | /v1/players       | {"name":"Good","password":"long enough"} {}              | bad-request | body
            POST | /v1/players       | {"name":"Good","password":"long enough"                  | bad-request | body
            POST | /v1/players       | name=Good                                                | bad-request | body
            POST | /v1/players       | []                                                       | bad-request | body
            POST | /v1/players       | "Good"                                                   | bad-request | body
            POST | /v1/players       | null                                                     | bad-request |
            POST | /v1/players       | ``                                                       | bad-request |
            POST | /v1/players       | {}                                                       | bad-request | name
            POST | /v1/login         | {"name":"Good"}                                          | bad-request | password
            POST | /v1/login         | {"name":"Good","password":"long enough","otp":"1"}       | bad-request | otp
            POST | /v1/login         | {"name":"<>","password":"long enough"}                   | login-failed |
            POST | /v1/login         | {"name":"Good","password":"short"}                       | login-failed |
            POST | /v1/login/refresh | {}                                                       | bad-request | refreshToken
            POST | /v1/login/refresh | {"refreshToken":5}                                       | bad-request | refreshToken
            POST | /v1/login/refresh | {"refreshToken":"abc"}                                   | login-failed |
            POST | /v1/login/refresh | {"refreshToken":"a.b.c.d"}                               | login-failed |
            PUT  | /v1/players       | {}                                                       | method-not-allowed |
            POST | /v1/nothing       | {}                                                       | not-found |
            POST | /                 | {}                                                       | not-found |
            GET  | /v1/players/me    | ``                                                       | unauthorized |
            GET  | /v1/garage        | ``                                                       | unauthorized |
            DELETE | /v1/login       | ``                                                       | unauthorized |
            """)
    void whatCannotBeUnderstoodIsNamed(String method, String path, String body, String problem, String field) {
        Answer answer = api.send(method, path, body, Map.of());

        assertThat(answer.problem()).as(answer.status() + answer.text()).isEqualTo(problem);
        if (field != null) {
            assertThat(answer.json().at("/errors/0/field").asText())
                    .as(answer.text())
                    .isEqualTo(field);
        }
        assertThat(answer.text()).doesNotContain("dev.paddock", "java.", "micronaut", "long enough");
    }

    @Test
    void everyFieldThatIsWrongIsNamedAtOnce() {
        Answer answer = api.post("/v1/players", Map.of("name", "x", "password", "y", "email", "z"));

        assertThat(answer.json().findValuesAsText("field")).containsExactly("name", "password", "email");
    }

    @Test
    void anotherContentTypeIsRefused() {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"}) {
            Answer answer = api.send("POST", "/v1/players", "{}", Map.of("Content-Type", type));
            assertThat(answer.problem()).as(type + answer.text()).isEqualTo("unsupported-media-type");
            assertThat(answer.status()).isEqualTo(415);
        }
    }

    @Test
    void aWrongMethodIsToldWhichAreRight() {
        Answer answer = api.send("PATCH", "/v1/login", "{}", Map.of());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("POST").contains("DELETE");
    }

    @Test
    void anOversizedBodyIsRefusedWhetherItsLengthIsSaidOrNot() {
        String body = "{\"name\":\"" + "x".repeat(70 * 1024) + "\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        Answer said = api.send("POST", "/v1/players", body, Map.of());
        Answer chunked = api.send(api.request("/v1/players")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes))));

        assertThat(said.problem()).as(said.text()).isEqualTo("too-large");
        assertThat(chunked.problem()).as(chunked.text()).isEqualTo("too-large");
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(api.newPlayer().playerId()).isNotEmpty();
    }

    @Test
    void aStrangeIdempotencyKeyIsRefused() {
        for (String key : new String[] {"", "a b", "x".repeat(65)}) {
            Answer answer = api.post(
                    "/v1/players",
                    Map.of("name", "Never Made", "password", "long enough"),
                    Map.of("Idempotency-Key", key));
            assertThat(answer.problem()).as(key + answer.text()).isEqualTo("bad-request");
        }
        assertThat(api.post("/v1/login", Map.of("name", "Never Made", "password", "long enough"))
                        .problem())
                .isEqualTo("login-failed");
    }

    @Test
    void whatIsNotEvenHttpIsAnsweredAndForgotten() throws IOException {
        String longPath = "/v1/" + "x".repeat(20_000);
        assertThat(raw("GET " + longPath + " HTTP/1.1\r\nHost: a\r\n\r\n")).matches(REFUSED);
        assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(50_000) + "\r\n\r\n"))
                .matches(REFUSED);
        assertThat(raw("\u0000\u0001 what\r\n\r\n")).matches(REFUSED);
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n")).matches(REFUSED);
        assertThat(api.newPlayer().playerId()).isNotEmpty();
    }

    @Test
    void whoAcceptsNoJsonIsAnsweredWithAProblemAllTheSame() {
        Answer answer = api.send(api.request("/v1/players/me").header("Accept", "text/html"));

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.problem()).as(answer.text()).isEqualTo("about:blank");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(manager.url().getHost(), manager.url().getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            in.transferTo(out);
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}
