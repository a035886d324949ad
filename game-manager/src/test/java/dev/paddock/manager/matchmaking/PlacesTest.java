package dev.paddock.manager.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 1000, 1L << 50, Long.MAX_VALUE})
    void sortingByKeysFirstComesToTheSameOrder(long most) {
        Random random = new Random(most);
        long[] keys = IntStream.range(0, 1000)
                .mapToLong(i -> (most == 0 ? 0 : random.nextLong(most)) * (random.nextBoolean() ? 1 : -1))
                .toArray();
        Places places = new Places();
        IntStream.range(0, keys.length).forEach(i -> places.add(keys.length - 1 - i));

        places.sort(place -> keys[place], (one, other) -> byKey(keys, one, other));

        int[] sorted = IntStream.range(0, places.size()).map(places::get).toArray();
        int[] expected = IntStream.range(0, keys.length)
                .boxed()
                .sorted((one, other) -> byKey(keys, one, other))
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(sorted).as(Arrays.toString(sorted)).containsExactly(expected);
    }

    /** Of equal keys the higher place first. */
    private static int byKey(long[] keys, int one, int other) {
        int order = Long.compare(keys[one], keys[other]);
        return order != 0 ? order : other - one;
    }
}
