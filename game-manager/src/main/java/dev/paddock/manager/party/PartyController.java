package dev.paddock.manager.party;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.limits.Attempts;
import dev.paddock.manager.limits.ClientAddress;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.Preferences;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.party.Party.Member;
import dev.paddock.manager.problem.Checks;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.frame.PartyView;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Make a party, join it by its code, leave it. Its leader queues it with {@code POST /v1/tickets}. */
@Controller("/v1/parties")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
final class PartyController {
    private final Parties parties;
    private final Modes modes;
    private final Regions regions;
    private final Attempts attempts;
    private final ClientAddress addresses;

    PartyController(Parties parties, Modes modes, Regions regions, Attempts attempts, ClientAddress addresses) {
        this.parties = parties;
        this.modes = modes;
        this.regions = regions;
        this.attempts = attempts;
        this.addresses = addresses;
    }

    /** Makes a party of which the caller is leader and only member. */
    @Post
    @Status(HttpStatus.CREATED)
    PartyView create(@Body NewParty wish, Authentication authentication) {
        Member member = member(Caller.of(authentication), wish.preferences());
        String mode = wish.mode();
        return view(parties.create(
                member, mode == null ? null : modes.playable(mode).name()));
    }

    /** The caller's own party. */
    @Get("/{code}")
    PartyView look(String code, Authentication authentication) {
        return parties.find(code)
                .filter(party ->
                        party.member(Caller.of(authentication).playerId()).isPresent())
                .map(Party::view)
                .orElseThrow(PartyController::unknown);
    }

    /** Joins the party with this code. Said again, the caller has joined once. */
    @Post("/{code}/members")
    PartyView join(
            String code,
            @Nullable @Body Preferences preferences,
            Authentication authentication,
            HttpRequest<?> request) {
        Caller caller = Caller.of(authentication);
        Member member = member(caller, preferences);
        attempts.partyCode(addresses.of(request), caller.playerId());
        Party party = parties.find(code).orElseThrow(PartyController::unknown);
        attempts.partyCodeFound(caller.playerId());
        return view(parties.join(code, member, most(party)));
    }

    /** How and where the caller can play, anew. */
    @Put("/{code}/members/me")
    PartyView change(String code, @Body Preferences preferences, Authentication authentication) {
        Member member = member(Caller.of(authentication), preferences);
        return Parties.isCode(code) ? view(parties.change(code, member)) : view(new PartyResult.Unknown());
    }

    /** Leaves; also a party that the caller is not in. A ticket of the party that waits is cancelled. */
    @Delete("/{code}/members/me")
    @Status(HttpStatus.NO_CONTENT)
    void leave(String code, Authentication authentication) {
        if (Parties.isCode(code)) {
            String playerId = Caller.of(authentication).playerId();
            var _ = parties.leave(code, playerId, playerId);
        }
    }

    /** The leader takes a member out; also one who is not in it. A ticket of the party that waits is cancelled. */
    @Delete("/{code}/members/{playerId}")
    @Status(HttpStatus.NO_CONTENT)
    void takeOut(String code, String playerId, Authentication authentication) {
        if (!Parties.isCode(code) || !Id.isValid(playerId)) {
            throw unknown();
        }
        switch (parties.leave(code, playerId, Caller.of(authentication).playerId())) {
            case DONE -> {}
            case FORBIDDEN -> throw new ProblemException(ProblemType.FORBIDDEN, "Only the leader takes others out.");
            case UNKNOWN -> throw unknown();
        }
    }

    private int most(Party party) {
        String mode = party.mode();
        return mode == null
                ? Parties.MOST_MEMBERS
                : modes.known(mode)
                        .map(known -> known.matching().teams().size())
                        .orElse(Parties.MOST_MEMBERS);
    }

    private Member member(Caller caller, @Nullable Preferences said) {
        Preferences preferences = said == null ? Preferences.NONE : said;
        Checks checks = new Checks();
        preferences.check(checks);
        checks.done();
        return new Member(
                caller.playerId(),
                caller.name(),
                preferences.knownLatencies(regions),
                preferences.knownAttributes(),
                preferences.knownRoles());
    }

    private static PartyView view(PartyResult result) {
        return switch (result) {
            case PartyResult.Done(Party party) -> party.view();
            case PartyResult.Unknown() -> throw unknown();
            case PartyResult.InAnother(String code) ->
                throw new ProblemException(ProblemType.ALREADY_IN_PARTY, "Leave party " + code + " first.");
            case PartyResult.Full(int most) ->
                throw new ProblemException(ProblemType.PARTY_FULL, "It may have " + most + " members.");
        };
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemType.NOT_FOUND, "You are in no such party, or there is none.");
    }

    /**
     * Body of {@code POST /v1/parties}.
     *
     * @param mode that the party is for; absent: for any
     */
    @Introspected
    record NewParty(
            @Nullable String mode,
            @Nullable Map<String, @Nullable Integer> latencies,
            @Nullable Map<String, @Nullable String> attributes,
            @Nullable List<@Nullable String> roles) {
        Preferences preferences() {
            return new Preferences(latencies, attributes, roles);
        }
    }
}
