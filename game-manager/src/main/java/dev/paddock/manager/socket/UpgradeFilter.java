package dev.paddock.manager.socket;

import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refuses upgrades that cannot become a socket of ours, in words: no WebSocket of version 13, or subprotocols of which none
 * is ours. A client that names none gets ours.
 */
@ServerFilter(SocketEndpoint.PATH)
final class UpgradeFilter {
    @RequestFilter
    void check(HttpRequest<?> request) {
        boolean upgrade = words(request, "Connection").anyMatch(word -> word.equalsIgnoreCase("upgrade"))
                && words(request, "Upgrade").anyMatch(word -> word.equalsIgnoreCase("websocket"));
        if (!upgrade) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "this path takes WebSocket upgrades only");
        }
        if (words(request, "Sec-WebSocket-Version").noneMatch("13"::equals)) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "send Sec-WebSocket-Version: 13 (RFC 6455)");
        }
        if (words(request, "Sec-WebSocket-Key").findAny().isEmpty()) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "send a Sec-WebSocket-Key (RFC 6455)");
        }
        List<String> offered = words(request, "Sec-WebSocket-Protocol").toList();
        if (!offered.isEmpty() && !offered.contains(SocketEndpoint.SUBPROTOCOL)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "offer the subprotocol " + SocketEndpoint.SUBPROTOCOL + ", or none");
        }
    }

    private static Stream<String> words(HttpRequest<?> request, String header) {
        return request.getHeaders().getAll(header).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .filter(word -> !word.isEmpty());
    }
}
