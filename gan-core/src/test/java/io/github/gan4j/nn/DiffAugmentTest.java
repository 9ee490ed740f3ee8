package io.github.gan4j.nn;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.bytes;
import static io.github.gan4j.TestSupport.doubles;
import static io.github.gan4j.TestSupport.json;
import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import io.github.gan4j.nn.DiffAugment.Policy;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiffAugmentTest {

    private static final Safetensors REFERENCE = TestSupport.reference("augment");

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    static Stream<String> cases() {
        return StreamSupport.stream(json(REFERENCE.getMetadata().get("cases")).spliterator(), false)
                .map(JsonNode::asText);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_equal_pytorch_given_the_same_numbers(String name) {
        Policy policy =
                Policy.valueOf(name.substring(0, name.indexOf('_')).toUpperCase(Locale.ROOT));
        NDArray x = REFERENCE.get(manager, name + "/x");
        x.setRequiresGradient(true);

        NDArray y = policy.apply(x, REFERENCE.get(manager, name + "/r"));
        NDArray sum = y.mul(REFERENCE.get(manager, name + "/gy")).sum();
        NDArray dx = Autograd.gradients(manager, sum, list(x)).get(0);

        assertClose("y", y, REFERENCE.get(manager, name + "/y"), 4e-6);
        assertClose("dx", dx, REFERENCE.get(manager, name + "/dx"), 4e-6);
    }

    @Test
    void should_know_all_policies_and_sizes() {
        assertThat(cases()).hasSize(9);
    }

    @Test
    void should_draw_from_the_generator_of_the_engine() {
        NDArray x = images(3);
        DiffAugment augment = new DiffAugment();

        Torch.seed(5);
        NDArray first = augment.augment(x);
        NDArray other = augment.augment(x);
        Torch.seed(5);
        NDArray again = augment.augment(x);

        assertThat(bytes(again)).isEqualTo(bytes(first));
        assertThat(bytes(other)).isNotEqualTo(bytes(first));
        assertThat(first.getManager()).isSameAs(x.getManager());
    }

    @Test
    void should_let_samples_pass_outside_training() {
        NDArray x = images(1);
        DiffAugment augment = new DiffAugment();
        augment.initialize(manager, DataType.FLOAT32, x.getShape());

        NDArray y = augment.forward(new Weights(manager), list(x), false).singletonOrThrow();
        assertThat(bytes(y)).isEqualTo(bytes(x));
        NDArray trained = augment.forward(new Weights(manager), list(x), true).singletonOrThrow();
        assertThat(bytes(trained)).isNotEqualTo(bytes(x));
        assertThat(augment.getOutputShapes(new Shape[] {x.getShape()}))
                .containsExactly(trained.getShape());
    }

    @ParameterizedTest
    @EnumSource
    void should_alter_each_sample_on_its_own(Policy policy) {
        NDArray one = images(3).get("0:1").add(3);
        NDArray same = one.repeat(0, 32);

        NDArray y = new DiffAugment(policy).augment(same);

        long different =
                Stream.iterate(0, i -> i + 1)
                        .limit(32)
                        .map(i -> bytes(y.get(i)))
                        .distinct()
                        .count();
        assertThat(different).isGreaterThan(5);
    }

    @Test
    void should_hide_a_quarter_and_keep_the_rest_by_cutout() {
        NDArray y = new DiffAugment(Policy.CUTOUT).augment(manager.ones(new Shape(200, 1, 8, 8)));

        // Centres lie up to the edge, so between a sixteenth and a quarter of the pixels go.
        double[] kept = doubles(y.sum(new int[] {1, 2, 3}));
        assertThat(Arrays.stream(kept).min()).hasValue(48);
        assertThat(Arrays.stream(kept).max()).hasValue(60);
    }

    @Test
    void should_shift_by_an_eighth_at_most() {
        NDArray x = manager.zeros(new Shape(300, 1, 8, 8));
        x.set(new NDIndex(":, :, 4, 4"), 1);

        double[] mass =
                doubles(new DiffAugment(Policy.TRANSLATION).augment(x).sum(new int[] {0, 1}));

        for (int i = 0; i < 64; i++) {
            boolean near = Math.abs(i / 8 - 4) <= 1 && Math.abs(i % 8 - 4) <= 1;
            assertThat(mass[i]).as("pixel " + i).isBetween(near ? 15.0 : 0.0, near ? 60.0 : 0.0);
        }
    }

    @Test
    void should_keep_the_colour_of_one_channel_whatever_the_saturation() {
        NDArray x = images(1);
        NDArray numbers =
                manager.create(new float[] {0.5f, 0.9f, 0.5f}, new Shape(1, 3)).repeat(0, 4);

        NDArray y = Policy.COLOUR.apply(x, numbers);

        assertClose("y", y, x, 1e-6);
        assertThat(doubles(x.mean())[0]).isCloseTo(doubles(y.mean())[0], within(1e-6));
    }

    @Test
    void should_refuse_what_is_no_image_and_no_policy() {
        assertThatThrownBy(() -> new DiffAugment().augment(manager.zeros(new Shape(4, 3))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("DiffAugment takes inputs (N, C, H, W), not one of shape (4, 3).");
        assertThatThrownBy(() -> new DiffAugment(new Policy[0]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("DiffAugment needs at least one policy.");
    }

    private NDArray images(long channels) {
        return manager.randomNormal(new Shape(4, channels, 8, 8));
    }
}
