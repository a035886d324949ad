package dev.paddock.manager.socket;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.socket.PlayerSocket.Outgoing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One player's sockets on this replica, oldest first, and the subscription that they share. */
final class PlayerSockets {
    private final Deque<PlayerSocket> sockets = new ArrayDeque<>();
    private final Bus.Subscription subscription;

    PlayerSockets(Bus.Subscription subscription) {
        this.subscription = subscription;
    }

    /** The oldest one, if there are more than {@code most} now. */
    synchronized @Nullable PlayerSocket add(PlayerSocket socket, int most) {
        sockets.addLast(socket);
        return sockets.size() > most ? sockets.removeFirst() : null;
    }

    /** Whether none is left; then nothing is heard for this player any more. */
    synchronized boolean remove(PlayerSocket socket) {
        sockets.remove(socket);
        if (!sockets.isEmpty()) {
            return false;
        }
        subscription.close();
        return true;
    }

    synchronized List<PlayerSocket> all() {
        return List.copyOf(sockets);
    }

    void send(Outgoing outgoing) {
        all().forEach(socket -> socket.send(outgoing));
    }

    void loggedOut(String jti) {
        all().stream()
                .filter(socket -> socket.caller().jti().equals(jti))
                .forEach(socket -> socket.close(Closing.LOGGED_OUT));
    }
}
