package dev.paddock.director.bus;

import dev.paddock.protocol.Json;
import io.nats.client.Connection;
import io.nats.client.Message;

/** Something that came over NATS, and the way to answer it. */
public final class Envelope {
    private final Connection connection;
    private final Message message;

    Envelope(Connection connection, Message message) {
        this.connection = connection;
        this.message = message;
    }

    public String subject() {
        return message.getSubject();
    }

    /** @throws dev.paddock.protocol.MalformedException if it is not that record */
    public <T> T read(Class<T> type) {
        return Json.read(message.getData(), type);
    }

    /** Answers, if an answer was asked for. */
    public void answer(Object value) {
        String replyTo = message.getReplyTo();
        if (replyTo != null) {
            connection.publish(replyTo, Json.bytes(value));
        }
    }
}
