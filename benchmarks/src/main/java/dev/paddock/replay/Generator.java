package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.manager.recording.RecordedLine.RecordedPlayer;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes recordings of players who do not exist: {@link Population} says who comes; they come and go like this.
 *
 * <ul>
 *   <li><b>Arrivals</b> are a Poisson process with a rate that goes up and down in one wave, a day squeezed into the
 *       recording: ±60 %, lowest early, highest at about 80 % of it. Such days are what Chambers et al. measured,
 *       "Measurement-based Characterization of a Collection of On-line Games", IMC 2005, and Véron, Marin and Monnet,
 *       "Matchmaking in multi-player on-line games: studying user traces to improve the user experience", NOSSDAV 2014.
 *       Given how many come, their times are independent, each as likely as the rate is high.
 *   <li><b>Cancels</b>: each ticket has a patience, exponential with mean four minutes, after which it is taken back if it
 *       still waits: the "Erlang-A" model of callers, Garnett, Mandelbaum and Reiman, "Designing a Call Center with
 *       Impatient Customers", 2002.
 * </ul>
 */
final class Generator {
    /** What is played. */
    enum Kind {
        /** One against one. */
        DUEL(new Teams(2, 1)),
        /** Five against five, with parties. */
        TEAMS(new Teams(2, 5));

        private final Teams teams;

        Kind(Teams teams) {
            this.teams = teams;
        }

        private MatchingRules rules() {
            return new MatchingRules(teams, new Window(50, 20, 1000), new Window(80, 10, 300), Duration.ofMinutes(5));
        }
    }

    /** A recording says when it was; this one never was. */
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final double WAVE = 0.6;
    private static final double PEAK = 0.8;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Dice dice;
    private final Population population;

    private Generator(long seed) {
        this.dice = new Dice(seed);
        this.population = new Population(dice);
    }

    /** The lines of a recording; the same arguments give the same. */
    static List<RecordedLine> generate(Kind kind, int players, Duration length, long seed) {
        return new Generator(seed).generate(kind, players, length);
    }

    private List<RecordedLine> generate(Kind kind, int players, Duration length) {
        List<List<RecordedPlayer>> tickets = new ArrayList<>();
        while (population.players() < players) {
            int most = Math.min(kind.teams.size(), players - population.players());
            tickets.add(kind == Kind.DUEL ? List.of(population.alone()) : population.party(most));
        }
        List<Long> arrivals = tickets.stream()
                .map(ticket -> (long) (dice.by(Generator::rate, 1 + WAVE) * length.toMillis()))
                .sorted()
                .toList();
        List<RecordedLine> lines = new ArrayList<>();
        for (int i = 0; i < tickets.size(); i++) {
            Instant at = START.plusMillis(arrivals.get(i));
            String ticketId = "t" + (i + 1);
            lines.add(new RecordedLine.Queued(at, ticketId, null, null, tickets.get(i), null));
            Instant gone = at.plusMillis(1 + (long) dice.exponential(PATIENCE.toMillis()));
            if (gone.isBefore(START.plus(length))) {
                lines.add(new RecordedLine.Left(gone, ticketId));
            }
        }
        lines.sort(Comparator.comparing(RecordedLine::at));
        String mode = kind == Kind.DUEL ? "duel" : "teams";
        lines.addFirst(new RecordedLine.Rules(RecordedLine.VERSION, START, mode, Population.REGIONS, kind.rules()));
        return lines;
    }

    /** Of arrivals, at a share of the whole time; 1 on average. */
    private static double rate(double share) {
        return 1 + WAVE * StrictMath.cos(2 * StrictMath.PI * (share - PEAK));
    }
}
