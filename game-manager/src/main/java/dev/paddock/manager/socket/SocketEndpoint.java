package dev.paddock.manager.socket;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.garage.Loadouts;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.netty.channel.ChannelHandlerContext;

/** {@code GET /v1/socket}: where a connection that was let in becomes a {@link PlayerSocket}. */
@ServerWebSocket(value = SocketEndpoint.PATH, subprotocols = SocketEndpoint.SUBPROTOCOL)
@Secured(SecurityRule.IS_AUTHENTICATED)
final class SocketEndpoint {
    static final String PATH = "/v1/socket";
    static final String SUBPROTOCOL = "paddock.v1";

    /** Netty itself cuts off what is larger (1009), before it is all in memory. */
    private static final int MOST_BYTES_OF_A_FRAME = 65536;

    private static final String HANDLER = "player-socket";

    private final Sockets sockets;
    private final SocketSettings settings;
    private final Loadouts loadouts;

    SocketEndpoint(Sockets sockets, SocketSettings settings, Loadouts loadouts) {
        this.sockets = sockets;
        this.settings = settings;
        this.loadouts = loadouts;
    }

    /** Micronaut asks for this method; no frame comes so far, because {@link PlayerSocket} stands before it. */
    @OnMessage(maxPayloadLength = MOST_BYTES_OF_A_FRAME)
    void message(String text) {
        throw new IllegalStateException("a frame has passed by the socket's own handler");
    }

    /** Runs on the event loop, before Micronaut's own handler is in place: ours comes first and keeps the frames. */
    @OnOpen
    void open(HttpRequest<?> request) {
        Caller caller = request.getUserPrincipal(Authentication.class)
                .map(Caller::of)
                .orElseThrow(() -> new IllegalStateException("a socket was opened without a player"));
        if (!(request instanceof NettyHttpRequest<?> netty)) {
            throw new IllegalStateException("not a request of Netty's: " + request.getClass());
        }
        ChannelHandlerContext upgraded = netty.getChannelHandlerContext();
        PlayerSocket socket = new PlayerSocket(caller, settings, sockets::closed, upgraded.channel());
        upgraded.pipeline().addBefore(upgraded.name(), HANDLER, socket);
        sockets.opened(socket);
        loadouts.prefetch(caller.playerId());
    }
}
