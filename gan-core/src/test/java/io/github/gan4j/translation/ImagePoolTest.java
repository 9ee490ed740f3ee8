package io.github.gan4j.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Memory;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImagePoolTest {

    private final NDManager manager = Torch.newManager();
    private final Memory memory = new Memory(manager);
    private RandomGenerator chance = new SplittableRandom(1);

    @AfterEach
    void close() {
        manager.close();
    }

    /** Images of one pixel each, whose value is their number. */
    private NDArray images(int first, int count) {
        return manager.arange(first, first + count)
                .reshape(count, 1, 1, 1)
                .toType(DataType.FLOAT32, false);
    }

    private List<Integer> show(ImagePool pool, int first, int count) {
        List<Integer> shown = new ArrayList<>();
        NDArray array = pool.exchange(memory, chance, images(first, count));
        assertThat(array.getShape()).isEqualTo(images(first, count).getShape());
        for (float value : array.toFloatArray()) {
            shown.add(Math.round(value));
        }
        return shown;
    }

    private Set<Integer> held(int size) {
        Set<Integer> held = new HashSet<>();
        for (int i = 0; i < size; i++) {
            held.add(Math.round(memory.get("%03d".formatted(i)).toFloatArray()[0]));
        }
        return held;
    }

    @Test
    void should_show_the_latest_while_it_fills() {
        ImagePool pool = new ImagePool(5);
        assertThat(show(pool, 0, 2)).containsExactly(0, 1);
        assertThat(show(pool, 2, 3)).containsExactly(2, 3, 4);
        assertThat(held(5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void should_show_a_past_image_every_other_time_and_keep_the_latest_in_its_place() {
        ImagePool pool = new ImagePool(10);
        show(pool, 0, 10);
        int past = 0;
        for (int i = 10; i < 410; i++) {
            Set<Integer> before = held(10);
            int shown = show(pool, i, 1).get(0);
            if (shown == i) {
                assertThat(held(10)).isEqualTo(before);
            } else {
                past++;
                assertThat(before).contains(shown);
                before.remove(shown);
                before.add(i);
                assertThat(held(10)).isEqualTo(before);
            }
        }
        assertThat(past).isBetween(160, 240); // 200 expected, standard deviation 10
    }

    @Test
    void should_pass_over_none_of_its_images() {
        ImagePool pool = new ImagePool(4);
        show(pool, 0, 4);
        for (int i = 4; i < 100; i++) {
            show(pool, i, 1);
        }
        assertThat(held(4)).allMatch(number -> number >= 4).hasSize(4);
    }

    @Test
    void should_depend_on_chance_and_what_is_remembered_alone() {
        ImagePool pool = new ImagePool(3);
        show(pool, 0, 3);
        Memory copy = new Memory(manager);
        for (String name : List.of("000", "001", "002")) {
            copy.put(name, memory.get(name));
        }
        chance = new SplittableRandom(8);
        List<Integer> first = show(pool, 3, 20);
        NDArray second = pool.exchange(copy, new SplittableRandom(8), images(3, 20));

        assertThat(first).doesNotContainSequence(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(second.toFloatArray()).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(Math.round(second.toFloatArray()[i])).isEqualTo(first.get(i));
        }
    }

    @Test
    void should_keep_nothing_without_a_size() {
        NDArray latest = images(0, 3);
        assertThat(new ImagePool(0).exchange(memory, chance, latest)).isSameAs(latest);
        assertThat(memory.get("000")).isNull();
    }

    @Test
    void should_fail_if_the_size_is_negative() {
        assertThatThrownBy(() -> new ImagePool(-1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be 0 (none) or more");
    }
}
