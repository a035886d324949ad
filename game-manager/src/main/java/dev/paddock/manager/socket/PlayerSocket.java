package dev.paddock.manager.socket;

import dev.paddock.manager.account.Caller;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.Frame;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket of a player, as a handler in Netty's pipeline. Its state belongs to its event loop; the methods that
 * other threads may call say so and hand over to it. Never blocks.
 *
 * <pre>
 * opened ─▶ held back ──greet──▶ live ──▶ closing (frame sent, {@link #LINGER} for the answer) ─▶ closed
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write comes to exceptionCaught, a lost one to channelInactive.
final class PlayerSocket extends ChannelDuplexHandler {
    /** How long the client has to answer a close before the connection is cut. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    /** More cannot come for one player in the moment that a greeting takes. */
    private static final int MOST_HELD_BACK = 64;

    private static final Logger LOG = LoggerFactory.getLogger(PlayerSocket.class);

    private final Caller caller;
    private final SocketSettings settings;
    private final Consumer<PlayerSocket> onClosed;
    private final Channel channel;
    private final ClientFrames clientFrames = new ClientFrames();
    private final List<Outgoing> heldBack = new ArrayList<>();
    private boolean greeted;
    private volatile boolean closing;
    private long lastPong = System.nanoTime();
    private @Nullable ScheduledFuture<?> pings;
    private @Nullable ScheduledFuture<?> slowness;

    /**
     * @param onClosed hears, on the event loop, that no frame can be sent any more
     */
    PlayerSocket(Caller caller, SocketSettings settings, Consumer<PlayerSocket> onClosed, Channel channel) {
        this.caller = caller;
        this.settings = settings;
        this.onClosed = onClosed;
        this.channel = channel;
    }

    Caller caller() {
        return caller;
    }

    /** Any thread. */
    boolean isClosing() {
        return closing;
    }

    /** Any thread. Before the greeting it is held back, so that the whole state is what comes first. */
    void send(Outgoing outgoing) {
        onLoop(() -> {
            if (greeted) {
                write(outgoing);
                return;
            }
            if (heldBack.size() == MOST_HELD_BACK) {
                closeNow(Closing.SLOW);
                return;
            }
            heldBack.add(outgoing);
        });
    }

    /** Any thread. The player's whole state; then what was held back, without what the state has said already. */
    void greet(List<Outgoing> state) {
        onLoop(() -> {
            greeted = true;
            state.forEach(this::write);
            Set<String> said = Set.copyOf(state.stream().map(Outgoing::id).toList());
            heldBack.stream().filter(frame -> !said.contains(frame.id())).forEach(this::write);
            heldBack.clear();
        });
    }

    /** Any thread. */
    void close(Closing why) {
        onLoop(() -> closeNow(why));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long every = settings.pingEvery().toNanos();
        pings = context.executor().scheduleAtFixedRate(this::ping, every, every, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            read(frame);
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            cancel(slowness);
            slowness = null;
        } else if (slowness == null) {
            slowness = context.executor()
                    .schedule(() -> closeNow(Closing.SLOW), settings.slowFor().toNanos(), TimeUnit.NANOSECONDS);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancel(pings);
        cancel(slowness);
        if (!closing) {
            closing = true;
            onClosed.accept(this);
        }
        context.fireChannelInactive();
    }

    /** Whoever closes the channel from outside is the server, going away: the client is told before. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (closing) {
            context.close(promise);
            return;
        }
        leave();
        var farewell = new CloseWebSocketFrame(Closing.RESTART.code(), Closing.RESTART.reason());
        context.writeAndFlush(farewell).addListener(done -> context.close(promise));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Netty has answered a broken or too large frame with its close code already; a reset needs no answer.
        if (!(cause instanceof IOException)) {
            LOG.debug("socket failed playerId={} why={}", caller.playerId(), cause.toString());
        }
        leave();
        context.executor().schedule(() -> context.close(), LINGER.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void read(WebSocketFrame frame) {
        switch (frame) {
            case PongWebSocketFrame pong -> lastPong = System.nanoTime();
            case PingWebSocketFrame ping -> answer(ping);
            case CloseWebSocketFrame close -> answer(close);
            default -> {
                Closing why = closing ? null : clientFrames.take(frame);
                if (why != null) {
                    closeNow(why);
                }
            }
        }
    }

    private void answer(PingWebSocketFrame ping) {
        if (!closing && channel.isWritable()) {
            channel.writeAndFlush(new PongWebSocketFrame(ping.content().retain()), channel.voidPromise());
        }
    }

    private void answer(CloseWebSocketFrame close) {
        if (closing) {
            channel.close();
            return;
        }
        leave();
        channel.writeAndFlush(close.retainedDuplicate()).addListener(done -> channel.close());
    }

    private void ping() {
        if (closing) {
            return;
        }
        if (System.nanoTime() - lastPong > settings.pongWithin().toNanos()) {
            closeNow(Closing.NO_PONG);
            return;
        }
        channel.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER), channel.voidPromise());
    }

    private void write(Outgoing outgoing) {
        if (closing) {
            return;
        }
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        if (pending != null && pending.totalPendingWriteBytes() > settings.mostPending()) {
            closeNow(Closing.SLOW);
            return;
        }
        var written = channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(outgoing.json())));
        written.addListener(done -> {
            if (done.isSuccess()) {
                outgoing.onWritten().run();
            }
        });
    }

    private void closeNow(Closing why) {
        if (closing) {
            return;
        }
        leave();
        LOG.info("socket closed playerId={} code={} why={}", caller.playerId(), why.code(), why);
        channel.writeAndFlush(new CloseWebSocketFrame(why.code(), why.reason()), channel.voidPromise());
        // A client that reads nothing never sees the code, and must not keep the connection.
        channel.eventLoop().schedule(() -> channel.close(), LINGER.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void leave() {
        cancel(pings);
        cancel(slowness);
        if (!closing) {
            closing = true;
            onClosed.accept(this);
        }
    }

    private void onLoop(Runnable action) {
        channel.eventLoop().execute(action);
    }

    private static void cancel(@Nullable ScheduledFuture<?> scheduled) {
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }

    /** A frame, ready to be written to any number of sockets. */
    record Outgoing(String id, byte[] json, Runnable onWritten) {
        static Outgoing of(Frame frame) {
            return new Outgoing(frame.id(), Json.bytes(frame), () -> {});
        }

        static Outgoing of(Frame frame, Runnable onWritten) {
            return new Outgoing(frame.id(), Json.bytes(frame), onWritten);
        }
    }
}
