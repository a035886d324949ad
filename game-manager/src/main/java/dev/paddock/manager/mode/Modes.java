package dev.paddock.manager.mode;

import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.mode.Mode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The modes that can be played now, in memory. Filled by {@link BucketWatch}; stays as it was while NATS is away. */
@Singleton
public final class Modes {
    private final Map<String, Mode> modes = new ConcurrentSkipListMap<>();
    private final Map<String, Mode> known = new ConcurrentSkipListMap<>();
    private final List<Consumer<Mode>> listeners = new CopyOnWriteArrayList<>();

    public Optional<Mode> find(String name) {
        return Optional.ofNullable(modes.get(name));
    }

    /** @throws ProblemException if it cannot be played now */
    public Mode playable(String name) {
        return find(name).orElseThrow(() -> {
            if (modes.isEmpty()) {
                return new ProblemException(
                        ProblemType.UNAVAILABLE, "No director has said yet what can be played. Try again in a moment.");
            }
            return new ProblemException(ProblemType.UNKNOWN_MODE, "GET /v1/modes lists the modes.");
        });
    }

    /** Also one that was withdrawn since this replica started, as it was at last: its tickets still wait. */
    public Optional<Mode> known(String name) {
        return Optional.ofNullable(known.get(name));
    }

    /** The names of {@link #known} modes. */
    public List<String> knownNames() {
        return List.copyOf(known.keySet());
    }

    /** By name. */
    public List<Mode> all() {
        return List.copyOf(modes.values());
    }

    /** Tells of every mode that is here and of every one that comes or changes later; of the same one maybe twice. */
    public void onChange(Consumer<Mode> listener) {
        listeners.add(listener);
        modes.values().forEach(listener);
    }

    void put(Mode mode) {
        known.put(mode.name(), mode);
        Mode before = modes.put(mode.name(), mode);
        if (!mode.equals(before)) {
            listeners.forEach(listener -> listener.accept(mode));
        }
    }

    void remove(String name) {
        modes.remove(name);
    }
}
