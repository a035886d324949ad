package dev.paddock.replay;

import java.nio.file.Path;

/** A recording that cannot be replayed; the message says where, what is wrong there, and what to do about it. */
final class MalformedRecordingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedRecordingException(Path file, int line, String what) {
        super(file + ":" + line + ": " + what + ". Mend this line or take it out; docs/replay.md says what it may be.");
    }
}
