package dev.paddock.manager.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    @Test
    void aHashIsOfArgon2idWithASaltOfItsOwn() {
        try (Passwords passwords = passwords(1, Duration.ofSeconds(10))) {
            String hash = passwords.hash("correct horse");

            assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            assertThat(passwords.hash("correct horse")).isNotEqualTo(hash);
            assertThat(passwords.matches("correct horse", hash)).isTrue();
            assertThat(passwords.matches("correct horsf", hash)).isFalse();
            assertThat(hash.length()).isLessThan(255);
        }
    }

    @Test
    void onePasswordWrittenByDifferentKeyboardsIsOnePassword() {
        try (Passwords passwords = passwords(1, Duration.ofSeconds(10))) {
            assertThat(passwords.matches("Jose\u0301 1234", passwords.hash("José 1234")))
                    .isTrue();
        }
    }

    @Test
    void whoWouldWaitTooLongIsSentAwayInsteadOfPilingUp() throws Exception {
        try (Passwords passwords = passwords(1, Duration.ofMillis(1));
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> wishes = IntStream.range(0, 20)
                    .<Callable<String>>mapToObj(i -> () -> passwords.hash("correct horse"))
                    .toList();
            List<Future<String>> done = executor.invokeAll(wishes);

            List<Future<String>> failed = done.stream()
                    .filter(future -> future.state() == Future.State.FAILED)
                    .toList();
            assertThat(failed).isNotEmpty().hasSizeLessThan(20);
            assertThatThrownBy(failed.getFirst()::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
        }
    }

    private static Passwords passwords(int atOnce, Duration wait) {
        return new Passwords(new AccountSettings(
                null, Duration.ofMinutes(15), Duration.ofMinutes(5), Duration.ofDays(30), atOnce, wait));
    }
}
