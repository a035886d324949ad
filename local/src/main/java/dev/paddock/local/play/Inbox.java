package dev.paddock.local.play;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.Frame;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one socket said, in order, each with the moment at which its last byte was here. */
final class Inbox implements WebSocket.Listener {
    /** Types that came after this client was written are passed over, as the contract asks. */
    private static final ObjectReader FRAMES =
            Json.newMapper().readerFor(Frame.class).without(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE);

    private final InstantSource clock;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    Inbox(InstantSource clock) {
        this.clock = clock;
    }

    sealed interface Item {}

    /** A frame, and when it was here by this machine's clock. */
    record Received(Frame frame, Instant at) implements Item {}

    /** The socket is closed; nothing follows. */
    record Closed(String why) implements Item {}

    /** The next one, or null if none came in time. */
    @Nullable
    Item next(Duration within) throws InterruptedException {
        return items.poll(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        Instant now = clock.instant();
        text.append(data);
        if (last) {
            read(text.toString(), now);
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        items.add(new Closed("closed with " + code + (reason.isEmpty() ? "" : " " + reason)));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        items.add(new Closed("lost: " + error.getMessage()));
    }

    private void read(String json, Instant now) {
        try {
            Frame frame = FRAMES.readValue(json);
            if (frame != null) {
                items.add(new Received(frame, now));
            }
        } catch (JsonProcessingException e) {
            items.add(new Closed("given up: a frame was not what docs promise (" + e.getOriginalMessage() + ")"));
        }
    }
}
