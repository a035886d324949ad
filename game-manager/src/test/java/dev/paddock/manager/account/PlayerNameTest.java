package dev.paddock.manager.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayerNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"Al", "Ayrton S.", "speed_racer-9", "Мария", "李小龍", "Žofie", "𝒜xel", "12"})
    void namesOfAnyScriptAreNames(String raw) {
        assertThat(PlayerName.parse(raw)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "A",
                "  A  ",
                "...",
                "- -",
                "a\tb",
                "a\nb",
                "a\u0000b",
                "a<b",
                "a'b",
                "a/b",
                "a@b",
                "a\u200bb",
                "a\u202eb",
                "🏎️ fast",
                "\ud800ab"
            })
    void whatCannotBeReadOutIsNoName(String raw) {
        assertThat(PlayerName.parse(raw)).isNull();
    }

    @Test
    void theLengthIsCountedInLettersAndNotInBytes() {
        assertThat(PlayerName.parse("𝒜".repeat(32))).isNotNull();
        assertThat(PlayerName.parse("a".repeat(32))).isNotNull();
        assertThat(PlayerName.parse("a".repeat(33))).isNull();
        assertThat(PlayerName.parse("a".repeat(1_000_000))).isNull();
        assertThat(PlayerName.parse(null)).isNull();
    }

    @Test
    void oneNameWrittenInDifferentWaysHasOneKey() {
        for (List<String> same : List.of(
                List.of("Niki Lauda", "niki lauda", "  NIKI   LAUDA ", "Ｎｉｋｉ Ｌａｕｄａ"),
                List.of("José", "Jose\u0301", "JOSÉ"),
                List.of("Οδυσσεύς", "ΟΔΥΣΣΕΎΣ"),
                List.of("Straße", "STRASSE"))) {
            assertThat(same.stream().map(PlayerNameTest::key).distinct())
                    .as("%s", same)
                    .hasSize(1);
        }
        assertThat(key("Niki Lauda")).isNotEqualTo(key("Niki.Lauda"));
    }

    @Test
    void theNameIsShownAsItWasWrittenButTidied() {
        PlayerName name = Objects.requireNonNull(PlayerName.parse("  Ayrton   S. "));
        assertThat(name.text()).isEqualTo("Ayrton S.");
    }

    @Test
    void aKeyFitsItsColumnWhateverTheLetters() {
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            PlayerName name = PlayerName.parse(Character.toString(letter).repeat(2));
            if (name != null) {
                assertThat(letters(name.key())).isLessThanOrEqualTo(4 * letters(name.text()));
            }
        }
    }

    private static int letters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static @Nullable String key(String raw) {
        PlayerName name = PlayerName.parse(raw);
        return name == null ? null : name.key();
    }
}
