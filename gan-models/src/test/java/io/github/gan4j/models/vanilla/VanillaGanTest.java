package io.github.gan4j.models.vanilla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.models.NetworkShapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VanillaGanTest {

    private static final SampleSpec DIGITS = new SampleSpec(new Shape(1, 28, 28), 10);

    private final NDManager manager = NetworkShapes.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    static Shape[] shapes() {
        return new Shape[] {
            new Shape(1, 28, 28), new Shape(3, 64, 64), new Shape(2), new Shape(3, 5, 9)
        };
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void should_make_and_score_samples_of_any_shape(Shape shape) {
        Gan gan =
                VanillaGan.builder()
                        .optGeneratorUnits(8, 8)
                        .optDiscriminatorUnits(8)
                        .build(new SampleSpec(shape, 0));

        NetworkShapes.check(manager, gan, shape);
    }

    @Test
    void should_have_the_layers_that_it_documents() {
        Gan gan = VanillaGan.builder().build(DIGITS);
        NetworkShapes.initialize(manager, gan);

        long linear = 101 * 256 + 257 * 512 + 513 * 1024 + 1025 * 784;
        assertThat(NetworkShapes.count(gan.getGenerator().getBlock()))
                .isEqualTo(linear + 2 * (512 + 1024));
        assertThat(NetworkShapes.count(gan.getDiscriminator().getBlock()))
                .isEqualTo(785 * 512 + 513 * 256 + 257);
    }

    @Test
    void should_refuse_settings_out_of_range() {
        assertRefused(
                VanillaGan.builder().optGeneratorUnits(8, 0), "generatorUnits is 0; it must be");
        assertRefused(
                VanillaGan.builder().optDiscriminatorUnits(0),
                "discriminatorUnits is 0; it must be");
        assertRefused(VanillaGan.builder().optLatentSize(0), "latentSize is 0; it must be 1");
        assertRefused(VanillaGan.builder().optOptimizer("adma"), "no optimizer 'adma'");
        assertRefused(
                VanillaGan.builder().optMovingAverage(1), "decay of the moving average is 1.0;");
        assertRefused(
                VanillaGan.builder().optGeneratorLearningRate(-1),
                "generatorLearningRate is -1.0; it must be 0 or more.");
        assertRefused(
                VanillaGan.builder().optDiscriminatorLearningRate(Double.NaN),
                "discriminatorLearningRate is NaN; it must be 0 or more.");
        assertRefused(VanillaGan.builder().optBeta1(1), "beta1 of Adam is 1.0; it must be");
    }

    private static void assertRefused(VanillaGan.Builder builder, String part) {
        assertThatThrownBy(() -> builder.build(DIGITS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(part);
    }
}
