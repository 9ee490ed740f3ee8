package io.github.gan4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.metric.FeatureExtractor;
import io.github.gan4j.torch.Torch;
import org.junit.jupiter.api.Test;

class ClassAttributeTest {

    /** Takes the pixels of a picture for the probabilities of classes. */
    private record Naive(boolean classifies) implements FeatureExtractor {

        @Override
        public String getName() {
            return "naive-v1";
        }

        @Override
        public NDList extract(NDArray images) {
            NDArray flat = images.flatten(1, -1);
            return classifies ? new NDList(flat, flat) : new NDList(flat);
        }

        @Override
        public void close() {}
    }

    @Test
    void should_tell_the_odds_of_a_class() {
        try (NDManager manager = Torch.newManager()) {
            float[] values = {0.25f, 0.75f, 0.5f, 0.5f, 0, 1};
            NDArray pictures = manager.create(values, new Shape(3, 1, 1, 2));
            Attribute second = new ClassAttribute(new Naive(true), 1, "seven");
            assertThat(second.getName()).isEqualTo("seven");
            assertThat(second.of(pictures))
                    .containsExactly(new double[] {Math.log(3), 0, Math.log(1e6)}, within(1e-4));
            assertThatThrownBy(() -> new ClassAttribute(new Naive(true), 2, "x").of(pictures))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The extractor naive-v1 tells no class 2.");
            assertThatThrownBy(() -> new ClassAttribute(new Naive(false), 0, "x").of(pictures))
                    .isInstanceOf(InvalidInputException.class);
        }
    }
}
