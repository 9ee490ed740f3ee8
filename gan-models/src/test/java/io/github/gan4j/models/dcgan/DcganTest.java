package io.github.gan4j.models.dcgan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.models.NetworkShapes;
import io.github.gan4j.nn.TorchLambda;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DcganTest {

    private final NDManager manager = NetworkShapes.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"28, 1", "28, 3", "32, 1", "32, 3", "64, 1", "64, 3", "128, 1", "128, 3", "32, 7"})
    void should_make_and_score_images(int size, int channels) {
        Gan gan =
                Dcgan.builder()
                        .optGeneratorFilters(4)
                        .optDiscriminatorFilters(4)
                        .build(spec(channels, size, size));

        NetworkShapes.check(manager, gan, new Shape(channels, size, size));
    }

    /** The counts of the reference implementations at 64 pixels, RGB, ngf = ndf = 64, nz = 100. */
    @Test
    void should_have_the_size_of_the_paper() {
        Gan gan = Dcgan.builder().build(spec(3, 64, 64));
        NetworkShapes.initialize(manager, gan);

        assertThat(NetworkShapes.count(gan.getGenerator().getBlock())).isEqualTo(3_576_704);
        assertThat(NetworkShapes.count(gan.getDiscriminator().getBlock())).isEqualTo(2_765_568);
        assertThat(gan.getGenerator().getLatentShape()).isEqualTo(new Shape(100));
    }

    /** Batch norm, and a convolution without one after it, rectify what they make by themselves. */
    @Test
    void should_have_the_layers_of_the_paper() {
        Gan gan = Dcgan.builder().build(spec(3, 64, 64));

        assertThat(layers(gan.getGenerator().getBlock()))
                .isEqualTo(
                        "reshape ConvTranspose BatchNorm ConvTranspose BatchNorm"
                                + " ConvTranspose BatchNorm ConvTranspose BatchNorm"
                                + " ConvTranspose tanh");
        assertThat(layers(gan.getDiscriminator().getBlock()))
                .isEqualTo("Conv Conv BatchNorm Conv BatchNorm Conv BatchNorm Sequential");
    }

    private static String layers(Block block) {
        return block.getChildren().values().stream()
                .map(b -> b instanceof TorchLambda f ? f.getName() : b.getClass().getSimpleName())
                .collect(Collectors.joining(" "));
    }

    /** Radford et al. 2015, section 4: N(0, 0.02); the scales of batch norm N(1, 0.02). */
    @Test
    void should_start_as_the_paper_has_it() {
        Gan gan = Dcgan.builder().build(spec(3, 64, 64));
        NetworkShapes.initialize(manager, gan);

        for (Block block :
                List.of(gan.getGenerator().getBlock(), gan.getDiscriminator().getBlock())) {
            for (Parameter parameter : block.getParameters().values()) {
                NDArray array = parameter.getArray();
                float mean = array.mean().getFloat();
                float deviation = array.sub(mean).square().mean().sqrt().getFloat();
                // Four standard errors of a sample of that size.
                float error = 4 * 0.02f / (float) Math.sqrt(array.size());
                switch (parameter.getType()) {
                    case WEIGHT -> {
                        assertThat(mean).isEqualTo(0f, within(error));
                        assertThat(deviation).isEqualTo(0.02f, within(error));
                    }
                    case GAMMA -> {
                        assertThat(mean).isEqualTo(1f, within(error));
                        assertThat(deviation).isEqualTo(0.02f, within(error));
                    }
                    case BETA, RUNNING_MEAN -> assertThat(array.abs().max().getFloat()).isZero();
                    case RUNNING_VAR -> assertThat(array.min().getFloat()).isEqualTo(1);
                    default -> throw new AssertionError("unexpected " + parameter.getType());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 30, 30", "3, 32, 64", "1, 256, 256", "1, 0, 0"})
    void should_refuse_sizes_that_it_cannot_have(int channels, int height, int width) {
        Dcgan.Builder builder = Dcgan.builder();
        SampleSpec samples = spec(channels, height, width);

        assertThatThrownBy(() -> builder.build(samples))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "DCGAN's networks cannot have samples of shape (%d, %d, %d); choose square images of"
                                + " 28, 32, 64 or 128 pixels with --size.",
                        channels, height, width);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -4})
    void should_refuse_settings_below_one(int value) {
        SampleSpec samples = spec(1, 28, 28);

        assertThatThrownBy(() -> Dcgan.builder().optGeneratorFilters(value).build(samples))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The setting generatorFilters is " + value + "; it must be 1 or more.");
        assertThatThrownBy(() -> Dcgan.builder().optDiscriminatorFilters(value).build(samples))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The setting discriminatorFilters is " + value + "; it must be 1 or more.");
        assertThatThrownBy(() -> Dcgan.builder().optLatentSize(value).build(samples))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The setting latentSize is " + value + "; it must be 1 or more.");
    }

    private static SampleSpec spec(int channels, int height, int width) {
        return new SampleSpec(new Shape(channels, height, width), 0);
    }
}
