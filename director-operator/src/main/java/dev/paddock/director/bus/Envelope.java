package dev.paddock.director.bus;

import dev.paddock.director.fault.FaultPoints;
import dev.paddock.protocol.Json;
import io.nats.client.Connection;
import io.nats.client.Message;

/** Something that came over NATS, and the way to answer it. */
public final class Envelope {
    private final Connection connection;
    private final Message message;
    private final FaultPoints faults;

    Envelope(Connection connection, Message message, FaultPoints faults) {
        this.connection = connection;
        this.message = message;
        this.faults = faults;
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
            String kind = "ANSWER " + Bus.kind(subject());
            faults.before(kind);
            connection.publish(replyTo, Json.bytes(value));
            faults.after(kind);
        }
    }
}
