package dev.paddock.protocol.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A party as its members see it.
 *
 * @param code what others join by
 * @param version higher after each change: of two frames the one with the higher version is the later one
 * @param leader playerId of the member who queues for all
 * @param mode that the party is for, if it was made for one
 * @param members in the order in which they joined
 */
public record PartyView(
        String code, long version, String leader, @Nullable String mode, List<Member> members) {
    public PartyView {
        members = List.copyOf(members);
    }

    /**
     * One of its members.
     *
     * @param roles that the member can play, the favourite first
     */
    public record Member(String playerId, String name, List<String> roles) {
        public Member {
            roles = List.copyOf(roles);
        }
    }
}
