package io.github.gan4j.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.TestSupport;
import org.junit.jupiter.api.Test;

class TorchTest {

    @Test
    void should_start_the_engine() {
        assertThat(Torch.startEngine().getEngineName()).isEqualTo(Torch.ENGINE_NAME);
    }

    @Test
    void should_draw_the_same_numbers_from_the_same_seed() {
        long wide = 0x1234_5678_9ABC_DEF0L;

        assertThat(draw(wide)).isEqualTo(draw(wide));
        assertThat(draw(wide)).isNotEqualTo(draw(wide + 1));
        assertThat(draw(-1)).isNotEqualTo(draw(-2));
    }

    @Test
    void should_read_and_set_the_threads_of_an_operator() {
        int before = Torch.getThreads();
        try {
            Torch.setThreads(1);
            assertThat(Torch.getThreads()).isEqualTo(1);
        } finally {
            Torch.setThreads(before);
        }
        assertThat(Torch.getThreads()).isEqualTo(before);
    }

    private static float[] draw(long seed) {
        try (NDManager manager = TestSupport.newManager()) {
            Torch.seed(seed);
            return manager.randomNormal(new Shape(20)).toFloatArray();
        }
    }
}
