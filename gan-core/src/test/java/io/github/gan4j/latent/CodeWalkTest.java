package io.github.gan4j.latent;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Latents;
import io.github.gan4j.auxiliary.CodeLatents;
import io.github.gan4j.torch.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeWalkTest {

    private final List<Latents.Code> codes = new CodeLatents(3, 2).getCodes(7);

    @Test
    void should_know_where_codes_are() {
        assertThat(codes)
                .containsExactly(
                        new Latents.Code("category", 2, 3),
                        new Latents.Code("c1", 5, 1),
                        new Latents.Code("c2", 6, 1));
        assertThat(new CodeLatents(0, 1).getCodes(4)).containsExactly(new Latents.Code("c1", 3, 1));
        assertThat(Latents.NORMAL.getCodes(4)).isEmpty();
    }

    @Test
    void should_set_the_code_of_each_latent() {
        try (NDManager manager = Torch.newManager()) {
            NDArray latents = manager.arange(14f).reshape(new Shape(2, 7));
            assertThat(new CodeWalk(codes.get(0)).move(latents, 0.5).toFloatArray())
                    .containsExactly(0, 1, 0, 1, 0, 5, 6, 7, 8, 0, 1, 0, 12, 13);
            assertThat(new CodeWalk(codes.get(0)).move(latents, 1).toFloatArray())
                    .containsExactly(0, 1, 0, 0, 1, 5, 6, 7, 8, 0, 0, 1, 12, 13);
            assertThat(new CodeWalk(codes.get(2)).move(latents, 0).toFloatArray())
                    .containsExactly(0, 1, 2, 3, 4, 5, -2, 7, 8, 9, 10, 11, 12, -2);
            assertThat(new CodeWalk(codes.get(1)).move(latents, 0.75).toFloatArray())
                    .containsExactly(0, 1, 2, 3, 4, 1, 6, 7, 8, 9, 10, 11, 1, 13);
        }
    }
}
