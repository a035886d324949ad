package dev.paddock.faults;

import dev.paddock.faults.Accounts.Account;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** All players, each on a virtual thread. */
final class Crowd implements AutoCloseable {
    /** One pair among so many players. */
    private static final int PAIRED = 10;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final List<Thread> threads = new ArrayList<>();
    private final Mood mood;
    private final Tally tally;
    private final History history;
    private final InstantSource clock;

    Crowd(Mood mood, Tally tally, History history, InstantSource clock) {
        this.tally = tally;
        this.mood = mood;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Names of what is played.
     *
     * @param alone by those who come alone
     * @param squads by those who come alone and have a socket, now and then
     * @param pairs by those who come as a party
     * @param seats by those who come alone, now and then; whoever comes later may join while it runs
     */
    record Modes(String alone, String squads, String pairs, String seats) {
        List<String> all() {
            return List.of(alone, squads, pairs, seats);
        }
    }

    /** What all players share: what they play, how eager they are, and when it is enough. */
    static final class Mood {
        private final Modes modes;
        private final CountDownLatch home = new CountDownLatch(1);
        private volatile double meanPauseSeconds;

        Mood(Modes modes, double meanPauseSeconds) {
            this.modes = modes;
            this.meanPauseSeconds = meanPauseSeconds;
        }

        Modes modes() {
            return modes;
        }

        double meanPauseSeconds() {
            return meanPauseSeconds;
        }

        void hurry(double seconds) {
            meanPauseSeconds = seconds;
        }

        boolean goesHomeWithin(Duration time) throws InterruptedException {
            return home.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        boolean isGoingHome() {
            return home.getCount() == 0;
        }
    }

    Mood mood() {
        return mood;
    }

    /** @param sockets so many of them have a WebSocket */
    void come(List<Account> accounts, int sockets, List<URI> managers, SplittableRandom random) {
        int paired = accounts.size() / PAIRED * 2;
        int all = accounts.size() - paired / 2;
        for (int i = 0; i < accounts.size(); i += i < paired ? 2 : 1) {
            Account account = accounts.get(i);
            SplittableRandom own = random.split();
            Api api = new Api(http, managers, tally, account.token(), own);
            // As many among those who come alone as among pairs.
            int number = threads.size();
            boolean hasSocket = (number + 1) * sockets / all > number * sockets / all;
            Socket socket = hasSocket ? new Socket(api, account.playerId(), history, clock) : null;
            Pair pair = i < paired
                    ? new Pair(
                            api,
                            new Api(http, managers, tally, accounts.get(i + 1).token(), own),
                            mood.modes().pairs())
                    : null;
            Player player =
                    new Player(new Player.Who(account, api, socket, pair), mood, own, new Player.Notes(history, clock));
            threads.add(Thread.ofVirtual().name(account.playerId()).start(() -> live(player)));
        }
    }

    private static void live(Player player) {
        try {
            player.live();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody queues any more; who waits cancels, who plays plays to the end. Whether all have gone in time. */
    boolean goHome(Duration within) throws InterruptedException {
        mood.home.countDown();
        long deadline = System.nanoTime() + within.toNanos();
        for (Thread thread : threads) {
            long left = deadline - System.nanoTime();
            if (!thread.join(Duration.ofNanos(Math.max(1, left)))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        mood.home.countDown();
        threads.forEach(Thread::interrupt);
        http.shutdownNow();
    }
}
