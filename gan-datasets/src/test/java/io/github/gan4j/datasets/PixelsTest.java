package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PixelsTest {

    private static final Pixels SIX = new Pixels(1, 3, 2, new byte[] {1, 2, 3, 4, 5, 6});

    @Test
    void should_cut_a_window_out_of_each_channel() {
        byte[] twice = {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 21, 22, 23, 24, 25, 26};
        Pixels window = new Pixels(3, 3, 2, twice).window(1, 0, 2, 2);
        assertThat(window.width()).isEqualTo(2);
        assertThat(window.height()).isEqualTo(2);
        assertThat(window.data()).containsExactly(2, 3, 5, 6, 12, 13, 15, 16, 22, 23, 25, 26);
        assertThat(SIX.window(0, 1, 3, 1).data()).containsExactly(4, 5, 6);
    }

    @Test
    void should_not_cut_outside() {
        assertThatThrownBy(() -> SIX.window(2, 0, 2, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> SIX.window(0, -1, 1, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void should_mirror_left_to_right() {
        assertThat(SIX.mirrored().data()).containsExactly(3, 2, 1, 6, 5, 4);
        assertThat(SIX.mirrored().mirrored().data()).isEqualTo(SIX.data());
    }

    @Test
    void should_lay_side_by_side() {
        Pixels both = SIX.beside(SIX.mirrored());
        assertThat(both.width()).isEqualTo(6);
        assertThat(both.data()).containsExactly(1, 2, 3, 3, 2, 1, 4, 5, 6, 6, 5, 4);
        assertThat(TranslationForm.left(both).data()).isEqualTo(SIX.data());
        assertThat(TranslationForm.right(both).data()).isEqualTo(SIX.mirrored().data());
    }

    @Test
    void should_have_colour_side_by_side_if_one_has() {
        Pixels red = new Pixels(3, 1, 1, new byte[] {9, 0, 0});
        Pixels both = new Pixels(1, 1, 1, new byte[] {5}).beside(red);
        assertThat(both.data()).containsExactly(5, 9, 5, 0, 5, 0);
    }

    @Test
    void should_not_lay_side_by_side_what_differs_in_size() {
        assertThatThrownBy(() -> SIX.beside(SIX.window(0, 0, 2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 x 2 beside 2 x 2.");
    }
}
