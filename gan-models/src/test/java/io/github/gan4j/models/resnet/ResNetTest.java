package io.github.gan4j.models.resnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Weights;
import io.github.gan4j.models.NetworkShapes;
import io.github.gan4j.models.projection.ProjectionGan;
import io.github.gan4j.models.sngan.SnGan;
import io.github.gan4j.nn.LabelEmbedding;
import io.github.gan4j.nn.Linear;
import io.github.gan4j.nn.SpectralNorm;
import io.github.gan4j.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResNetTest {

    private final NDManager manager = NetworkShapes.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"28, 1", "32, 3", "64, 3", "128, 1", "48, 2"})
    void should_make_and_score_images(int size, int channels) {
        SampleSpec samples = new SampleSpec(new Shape(channels, size, size), 0);
        Gan gan = SnGan.builder().optGeneratorFilters(2).optDiscriminatorFilters(2).build(samples);

        NetworkShapes.check(manager, gan, samples.shape());
    }

    /**
     * The layout of table 6 of the paper but for its start of 6 x 6: 4 stages for 64 pixels, and 3
     * x 3 convolutions of 64 channels nearest to the picture.
     */
    @Test
    void should_have_the_size_that_the_layout_has() {
        Gan gan = SnGan.builder().optLatentSize(128).build(new SampleSpec(new Shape(3, 64, 64), 0));
        NetworkShapes.initialize(manager, gan);
        long generator = (128 + 1) * 1024 * 16;
        long discriminator = 0;
        for (int out = 512; out >= 64; out /= 2) {
            long in = 2L * out;
            generator += 2 * in + (9 * in + 1) * out + 2 * out + (9 * out + 1) * out;
            generator += (in + 1) * out;
        }
        generator += 2 * 64 + (9 * 64 + 1) * 3;
        assertThat(NetworkShapes.count(gan.getGenerator().getBlock())).isEqualTo(generator);

        long in = 3;
        for (int out = 64; out <= 1024; out *= 2) {
            long hidden = in == 3 ? out : in; // the first block widens at once
            discriminator += (9 * in + 1) * hidden + (9 * hidden + 1) * out + (in + 1) * out;
            in = out;
        }
        discriminator += 1024 + 1;
        assertThat(NetworkShapes.count(gan.getDiscriminator().getBlock())).isEqualTo(discriminator);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 30, 36, 18, 7})
    void should_fail_if_the_side_cannot_be_had(int size) {
        SampleSpec samples = new SampleSpec(new Shape(1, size, size), 0);
        assertThatThrownBy(() -> SnGan.builder().build(samples))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("choose square images of, for instance, 28, 32, 64 or 128");
    }

    @Test
    void should_normalise_every_weight_of_the_discriminator() {
        SampleSpec samples = new SampleSpec(new Shape(1, 28, 28), 10);
        Gan gan = ProjectionGan.builder().optDiscriminatorFilters(2).build(samples);
        Block critic = gan.getDiscriminator().getBlock();
        initialize(critic, new Shape(2, 1, 28, 28), new Shape(2));

        long weights =
                critic.getParameters().keys().stream().filter(k -> k.endsWith("weight")).count();
        assertThat(weights).isEqualTo(3 * 3 + 2);
        assertThat(critic.getParameters().keys().stream().filter(k -> k.endsWith("_u")))
                .hasSize((int) weights);
    }

    @Test
    void should_project_features_on_the_vector_of_the_class() {
        Torch.seed(3);
        Block head = new LabelProjection(new Linear(1), new LabelEmbedding(3, 4));
        initialize(head, new Shape(2, 4), new Shape(2));
        NDArray x = manager.create(new float[] {1, 2, -3, 4, 0.5f, -1, 2, 0}, new Shape(2, 4));
        NDArray labels = manager.create(new long[] {2, 0});

        NDArray y = head.forward(new Weights(manager), new NDList(x, labels), true).head();

        float[] w = value(head, "weight", 0);
        float bias = value(head, "bias", 0)[0];
        float[] v = value(head, "weight", 1);
        assertThat(y.getShape()).isEqualTo(new Shape(2, 1));
        for (int n = 0; n < 2; n++) {
            double expected = bias;
            for (int c = 0; c < 4; c++) {
                expected += x.getFloat(n, c) * (w[c] + v[4 * (n == 0 ? 2 : 0) + c]);
            }
            assertThat(y.getFloat(n, 0)).isCloseTo((float) expected, within(1e-5f));
        }
    }

    @Test
    void should_fail_if_there_is_no_label() {
        Block head = new LabelProjection(new Linear(1), new SpectralNorm(new LabelEmbedding(3, 4)));
        initialize(head, new Shape(2, 4), new Shape(2));
        NDList features = new NDList(manager.zeros(new Shape(2, 4)));
        assertThatThrownBy(() -> head.forward(new Weights(manager), features, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("takes features and labels, not 1 inputs");
    }

    private void initialize(Block block, Shape... inputs) {
        block.initialize(manager, DataType.FLOAT32, inputs);
    }

    private static float[] value(Block block, String end, int index) {
        return block.getParameters().stream()
                .filter(pair -> pair.getKey().endsWith(end))
                .skip(index)
                .findFirst()
                .orElseThrow()
                .getValue()
                .getArray()
                .toFloatArray();
    }
}
