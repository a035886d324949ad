package dev.paddock.manager.party;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.PartyView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Players who stay together.
 *
 * @param version higher after each change
 * @param leader playerId of the member who queues for all
 * @param mode that it was made for, if for one
 * @param members in the order in which they joined
 */
public record Party(
        String code, long version, String leader, @Nullable String mode, List<Member> members) {
    private static final String MEMBER = "member:";
    private static final String JOINED = "joined:";
    private static final ObjectReader READER = Json.newMapper().readerFor(Member.class);

    public Party {
        members = List.copyOf(members);
    }

    /**
     * One of them, and how and where this one can play.
     *
     * @param latencies by region, in milliseconds; empty: fits every region
     */
    public record Member(
            String playerId,
            String name,
            Map<String, Integer> latencies,
            Map<String, String> attributes,
            List<String> roles) {
        public Member {
            latencies = Map.copyOf(latencies);
            attributes = Map.copyOf(attributes);
            roles = List.copyOf(roles);
        }
    }

    public Optional<Member> member(String playerId) {
        return members.stream()
                .filter(member -> member.playerId().equals(playerId))
                .findFirst();
    }

    /** As its members see it: latencies and attributes are for the matcher alone. */
    public PartyView view() {
        List<PartyView.Member> seen = members.stream()
                .map(member -> new PartyView.Member(member.playerId(), member.name(), member.roles()))
                .toList();
        return new PartyView(code, version, leader, mode, seen);
    }

    /** The party in a hash; nothing if the hash is empty. */
    static Optional<Party> of(Map<String, String> hash) {
        String code = hash.get("code");
        String leader = hash.get("leader");
        if (code == null || leader == null) {
            return Optional.empty();
        }
        List<Map.Entry<Long, Member>> members = new ArrayList<>();
        hash.forEach((field, value) -> {
            if (field.startsWith(MEMBER)) {
                String joined = hash.getOrDefault(JOINED + field.substring(MEMBER.length()), "0");
                members.add(Map.entry(Long.valueOf(joined), read(value, code)));
            }
        });
        members.sort(Comparator.comparing(Map.Entry::getKey));
        return Optional.of(new Party(
                code,
                Long.parseLong(hash.getOrDefault("version", "0")),
                leader,
                hash.get("mode"),
                members.stream().map(Map.Entry::getValue).toList()));
    }

    private static Member read(String json, String code) {
        try {
            return READER.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a member of party " + code + " cannot be read", e);
        }
    }
}
