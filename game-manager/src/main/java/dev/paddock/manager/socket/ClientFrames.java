package dev.paddock.manager.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.paddock.protocol.Json;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a client sends. Nothing is expected from clients yet, so every frame is a reason to close; the reason says
 * what was wrong with it. Used by the event loop alone.
 */
final class ClientFrames {
    /** Of a whole message, in however many frames it comes. */
    static final int MOST_BYTES = 4096;

    private static final ObjectReader OBJECT = Json.newMapper()
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readerFor(JsonNode.class);

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    /** Takes a text, binary or continuation frame. Null while the message goes on. */
    @Nullable
    Closing take(WebSocketFrame frame) {
        if (frame instanceof BinaryWebSocketFrame) {
            return Closing.BINARY;
        }
        ByteBuf content = frame.content();
        if (message.size() + content.readableBytes() > MOST_BYTES) {
            return Closing.TOO_BIG;
        }
        byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        message.writeBytes(bytes);
        return frame.isFinalFragment() ? judge(message.toByteArray()) : null;
    }

    private static Closing judge(byte[] text) {
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
            JsonNode json = OBJECT.readTree(decoded);
            return json.isObject() ? Closing.UNKNOWN_TYPE : Closing.NOT_JSON;
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Closing.NOT_JSON;
        }
    }
}
