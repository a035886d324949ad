package dev.paddock.inventory.garage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DealTest {
    @ParameterizedTest
    @CsvSource({
        // price, owned, balance, outcome, balance afterwards
        "900, false, 1000, BOUGHT, 100",
        "900, false, 900, BOUGHT, 0",
        "0, false, 0, BOUGHT, 0",
        "901, false, 900, NOT_ENOUGH_MONEY, 900",
        "9223372036854775807, false, 900, NOT_ENOUGH_MONEY, 900",
        "900, true, 1000, ALREADY_OWNED, 1000",
        "900, true, 0, ALREADY_OWNED, 0",
    })
    void aDealIsDecidedByPriceAndBalanceAndWhatIsOwned(
            long price, boolean owned, long balance, Outcome outcome, long after) {
        assertThat(Deal.decide(price, owned, balance)).isEqualTo(new Deal(outcome, price, after));
    }

    @Test
    void whatTheStoreDoesNotHaveCostsNothing() {
        assertThat(Deal.decide(null, false, 50)).isEqualTo(new Deal(Outcome.UNKNOWN, 0, 50));
    }
}
