package dev.paddock.manager.redis;

/** Redis did not answer in time or is not there. Whether the command was carried out is not known. */
public final class RedisUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedisUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
