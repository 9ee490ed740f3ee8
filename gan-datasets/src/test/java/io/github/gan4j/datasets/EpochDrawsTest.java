package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochDrawsTest {

    @Test
    void should_be_a_function_of_seed_epoch_and_index() {
        assertThat(places(EpochDraws.of(3, 1), 0)).isEqualTo(places(EpochDraws.of(3, 1), 0));
        assertThat(places(EpochDraws.of(3, 1), 0)).isNotEqualTo(places(EpochDraws.of(3, 2), 0));
        assertThat(places(EpochDraws.of(3, 1), 0)).isNotEqualTo(places(EpochDraws.of(4, 1), 0));
        assertThat(places(EpochDraws.of(3, 1), 0)).isNotEqualTo(places(EpochDraws.of(3, 1), 1));
        assertThat(partners(EpochDraws.of(3, 1))).isEqualTo(partners(EpochDraws.of(3, 1)));
        assertThat(partners(EpochDraws.of(3, 1))).isNotEqualTo(partners(EpochDraws.of(3, 2)));
    }

    @Test
    void should_not_change_between_releases() {
        // A run resumed with another release must go on with the same pictures. The values were
        // computed apart, from the definition of SplitMix64.
        assertThat(partners(EpochDraws.of(3, 1)).subList(0, 10))
                .containsExactly(37, 13, 45, 41, 28, 19, 23, 49, 11, 3);
        assertThat(place(EpochDraws.of(3, 1), 5, 0))
                .isEqualTo(new EpochDraws.Placement(1, 1, 8, true));
    }

    @Test
    void should_place_everywhere_and_mirror_half() {
        Set<List<Integer>> corners = new HashSet<>();
        int mirrored = 0;
        for (EpochDraws.Placement place : places(EpochDraws.of(1, 0), 0)) {
            corners.add(List.of(place.left(), place.top()));
            mirrored += place.mirrored() ? 1 : 0;
        }
        // 10 x 11 pixels leave 3 x 4 places for 8 x 8.
        assertThat(corners).hasSize(12);
        assertThat(mirrored).isBetween(400, 600);
    }

    @Test
    void should_mirror_only_if_asked() {
        for (int i = 0; i < 100; i++) {
            assertThat(EpochDraws.of(1, 0).place(i, 0, 8, 8, 8, false).mirrored()).isFalse();
        }
    }

    @Test
    void should_give_each_picture_equally_many_partners() {
        IntUnaryOperator partners = EpochDraws.of(1, 0).partners(7);
        int[] counts = new int[7];
        IntStream.range(0, 17).map(partners).forEach(i -> counts[i]++);
        assertThat(counts).containsOnly(2, 3);
    }

    @Test
    void should_leave_nothing_to_chance_if_told() {
        assertThat(places(EpochDraws.none(), 0))
                .containsOnly(new EpochDraws.Placement(1, 1, 8, false));
        assertThat(IntStream.range(0, 5).map(EpochDraws.none().partners(3)))
                .containsExactly(0, 1, 2, 0, 1);
    }

    @Test
    void should_cut_and_mirror() {
        Pixels six = new Pixels(1, 3, 2, new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(new EpochDraws.Placement(1, 0, 2, false).cut(six).data())
                .containsExactly(2, 3, 5, 6);
        assertThat(new EpochDraws.Placement(1, 0, 2, true).cut(six).data())
                .containsExactly(3, 2, 6, 5);
    }

    private static EpochDraws.Placement place(EpochDraws draws, int index, int domain) {
        return draws.place(index, domain, 10, 11, 8, true);
    }

    private static List<EpochDraws.Placement> places(EpochDraws draws, int domain) {
        return IntStream.range(0, 1000).mapToObj(i -> place(draws, i, domain)).toList();
    }

    private static List<Integer> partners(EpochDraws draws) {
        return IntStream.range(0, 50).map(draws.partners(50)).boxed().toList();
    }
}
