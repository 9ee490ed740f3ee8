package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private final NDManager manager = TestSupport.newManager();
    private final Memory memory = new Memory(manager);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_keep_a_copy_of_what_it_is_given() {
        NDArray value = manager.create(new float[] {1, 2});
        value.setRequiresGradient(true);

        memory.put("mean", value);
        value.set(new float[] {7, 8});
        value.close();

        assertThat(memory.get("mean").toFloatArray()).containsExactly(1, 2);
        assertThat(memory.get("mean").hasGradient()).isFalse();
    }

    @Test
    void should_outlive_the_buffer_that_the_values_came_from() {
        try (NDManager step = manager.newSubManager()) {
            memory.put("mean", step.create(new float[] {3}));
        }

        TestSupport.collectGarbage();

        assertThat(memory.get("mean").getFloat(0)).isEqualTo(3);
    }

    @Test
    void should_free_what_it_forgets() {
        memory.put("mean", manager.create(1f));
        int before = manager.getManagedArrays().size();

        NDArray two = manager.create(2f);
        memory.put("mean", two);
        two.close();
        assertThat(manager.getManagedArrays()).hasSize(before);
        memory.clear();

        assertThat(memory.get("mean")).isNull();
        assertThat(manager.getManagedArrays()).hasSize(before - 1);
    }

    @Test
    void should_keep_the_parts_of_its_owners_apart() {
        memory.of("a").put("mean", manager.create(1f));

        assertThat(memory.of("b").get("mean")).isNull();
        assertThat(memory.of("a").get("mean").getFloat()).isEqualTo(1);
        assertThat(memory.getArrays()).containsOnlyKeys("a/mean");
    }

    @Test
    void should_not_be_changed_by_what_is_imagined() {
        memory.put("mean", manager.create(1f));

        memory.readOnly().put("mean", manager.create(2f));
        memory.readOnly().of("a").put("mean", manager.create(2f));

        assertThat(memory.get("mean").getFloat()).isEqualTo(1);
        assertThat(memory.getArrays()).hasSize(1);
    }
}
