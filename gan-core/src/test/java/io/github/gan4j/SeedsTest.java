package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {

    private static final long[] GOLDEN = {
        0x00EF9475D9F94D44L, 0x5AAAC342D2222B02L, 0x35D8F96CDA60F923L, 0xC5CF0937AEC97E32L
    };

    /** Sebastiano Vigna's splitmix64.c, seeded with 0, gives this first: our mixing is that one. */
    @Test
    void should_mix_as_splitmix64_does() {
        assertThat(Seeds.derive(0)).isEqualTo(0xE220A8397B1DCDAFL);
    }

    /** A change here changes every run that anybody ever recorded. */
    @Test
    void should_give_the_same_values_for_ever() {
        assertThat(Seeds.derive(0, Seeds.WEIGHTS, 0)).isEqualTo(GOLDEN[0]);
        assertThat(Seeds.derive(0, Seeds.STEP, 0)).isEqualTo(GOLDEN[1]);
        assertThat(Seeds.derive(42, Seeds.EPOCH, 7)).isEqualTo(GOLDEN[2]);
        assertThat(Seeds.derive(-1, Seeds.SAMPLES)).isEqualTo(GOLDEN[3]);
    }

    @Test
    void should_not_collide() {
        Set<Long> seen = new HashSet<>();
        int count = 0;
        for (long seed = -2; seed <= 2; seed++) {
            for (long purpose = Seeds.WEIGHTS; purpose <= Seeds.SAMPLES; purpose++) {
                seen.add(Seeds.derive(seed, purpose));
                count++;
                for (long index = 0; index < 5000; index++) {
                    seen.add(Seeds.derive(seed, purpose, index));
                    count++;
                }
            }
        }

        assertThat(seen).hasSize(count);
    }

    @Test
    void should_heed_the_order_of_the_path() {
        assertThat(Seeds.derive(0, 1, 2)).isNotEqualTo(Seeds.derive(0, 2, 1));
        assertThat(Seeds.derive(1, 0)).isNotEqualTo(Seeds.derive(0, 1));
        assertThat(Seeds.derive(0, 0)).isNotEqualTo(Seeds.derive(0));
    }

    @Test
    void should_change_half_of_the_bits_for_the_next_index() {
        long flips = 0;
        for (long index = 0; index < 1000; index++) {
            long change =
                    Seeds.derive(0, Seeds.STEP, index) ^ Seeds.derive(0, Seeds.STEP, index + 1);
            flips += Long.bitCount(change);
        }

        assertThat(flips / 1000.0).isBetween(31.0, 33.0);
    }
}
