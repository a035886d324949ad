package dev.paddock.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.b",
                "*",
                ">",
                "a b",
                "a\nb",
                "\u00e4",
                "{",
                "sixty-five-characters-are-one-more-than-the-longest-token-can-hav"
            })
    void anIdCannotWidenASubject(String id) {
        assertThrows(IllegalArgumentException.class, () -> Subjects.serverAssign(id));
    }

    @Test
    void theIdInASubjectIsReadBack() {
        String id = Id.next(new Random(1));

        assertThat(Subjects.idIn(Subjects.matchReady(id))).isEqualTo(id);
    }

    @Test
    void anIdFitsEverywhere() {
        Random random = new Random(2);
        for (int i = 0; i < 1000; i++) {
            String id = Id.next(random);
            assertThat(id).matches("[a-z][a-z2-7]{25}");
            assertThat(Id.isValid(id)).isTrue();
        }
    }
}
