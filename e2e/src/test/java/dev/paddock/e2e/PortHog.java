package dev.paddock.e2e;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes ports of a range and gives them back, always half of them, so that who looks for a free one meets some that are not:
 * a program, to be run on a node. Arguments: first port, last port, seconds, seed.
 */
final class PortHog {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private PortHog() {}

    public static void main(String[] args) throws IOException {
        int first = Integer.parseInt(args[0]);
        int count = Integer.parseInt(args[1]) - first + 1;
        long end =
                System.nanoTime() + Duration.ofSeconds(Long.parseLong(args[2])).toNanos();
        Random random = new Random(Long.parseLong(args[3]));
        Deque<ServerSocket> taken = new ArrayDeque<>();
        while (System.nanoTime() < end) {
            ServerSocket socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(first + random.nextInt(count)));
                taken.add(socket);
            } catch (IOException e) {
                // A server has it, or this program.
                socket.close();
            }
            if (taken.size() > count / 2) {
                taken.remove().close();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
