package dev.paddock.manager.account;

import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.warm.Warm;
import jakarta.inject.Singleton;

/** Tokens, signed and checked: the first signature of a JVM takes a tenth of a second. And the profiles' way to MySQL. */
@Singleton
final class WarmAccounts implements Warm {
    /** Each is thousands of calls inside: the compiler sees them. */
    private static final int TIMES = 20;

    private final AccessTokens accessTokens;
    private final JoinTokens joinTokens;
    private final PlayerStore players;
    private final Redis redis;

    WarmAccounts(AccessTokens accessTokens, JoinTokens joinTokens, PlayerStore players, Redis redis) {
        this.accessTokens = accessTokens;
        this.joinTokens = joinTokens;
        this.players = players;
        this.redis = redis;
    }

    /** The tokens leave this method with nobody: they name a player and a login session that there are not. */
    @Override
    public void warm() {
        redis.load(LoginSessions.SCRIPTS);
        for (int i = 0; i < TIMES; i++) {
            joinTokens.sign(NOBODY, NOBODY, NOBODY);
            String token = accessTokens.sign(new Caller(NOBODY, NOBODY, NOBODY));
            if (accessTokens.read(token) == null) {
                throw new IllegalStateException("a token that was signed here is not taken for ours");
            }
        }
        var _ = players.find(NOBODY);
    }
}
