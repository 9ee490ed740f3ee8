package io.github.gan4j.optim;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.bytes;
import static io.github.gan4j.TestSupport.json;
import static io.github.gan4j.TestSupport.list;
import static io.github.gan4j.TestSupport.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.tracker.Tracker;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.TestSupport;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamTest {

    /** The recorded distance of PyTorch's own float32 from float64 is up to 2.6e-6. */
    private static final double TOLERANCE = 2e-6;

    private static final Safetensors REFERENCE = TestSupport.reference("adam");

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "adam_l2", "adamw"})
    void should_equal_pytorch_over_100_steps(String name) {
        NDList parameters = new NDList();
        NDList gradients = new NDList();
        for (int i = 0; i < 3; i++) {
            parameters.add(REFERENCE.get(manager, name + "/p" + i + "/init"));
            gradients.add(REFERENCE.get(manager, name + "/p" + i + "/g"));
        }
        Updater updater = recordedOptimizer(name).newUpdater(parameters);

        for (int step = 1; step <= 100; step++) {
            NDList current = new NDList();
            for (NDArray all : gradients) {
                current.add(all.get(step - 1));
            }
            updater.update(current, step);
            if (step == 1 || step == 10 || step == 100) {
                for (int i = 0; i < 3; i++) {
                    String key = name + "/p" + i + "/step" + step;
                    NDArray expected = REFERENCE.get(manager, key);
                    assertClose(key, parameters.get(i), expected, TOLERANCE);
                }
            }
        }

        for (int i = 0; i < 3; i++) {
            String key = name + "/p" + i + "/exp_avg";
            NDArray first = updater.getState().get("first_moment/" + i);
            NDArray second = updater.getState().get("second_moment/" + i);
            assertClose(key, first, REFERENCE.get(manager, key), TOLERANCE);
            assertClose(key + "_sq", second, REFERENCE.get(manager, key + "_sq"), TOLERANCE);
        }
    }

    private static Adam recordedOptimizer(String name) {
        JsonNode settings = json(REFERENCE.getMetadata().get(name));
        double decay = settings.get("weight_decay").asDouble();
        Adam.Builder builder =
                Adam.builder()
                        .optLearningRate(settings.get("lr").asDouble())
                        .optBeta1(settings.get("betas").get(0).asDouble())
                        .optBeta2(settings.get("betas").get(1).asDouble())
                        .optEpsilon(settings.get("eps").asDouble());
        return settings.get("algorithm").asText().equals("AdamW")
                ? builder.optDecoupledWeightDecay(decay).build()
                : builder.optWeightDecay(decay).build();
    }

    @Test
    void should_default_to_the_settings_of_dcgan() {
        NDArray plain = REFERENCE.get(manager, "adam/p0/init");
        NDArray explicit = plain.duplicate();
        NDArray gradients = REFERENCE.get(manager, "adam/p0/g");
        Updater defaults = Adam.builder().build().newUpdater(list(plain));
        Updater recorded = recordedOptimizer("adam").newUpdater(list(explicit));

        for (int step = 1; step <= 5; step++) {
            defaults.update(list(gradients.get(step - 1)), step);
            recorded.update(list(gradients.get(step - 1)), step);
        }

        assertThat(bytes(plain)).isEqualTo(bytes(explicit));
    }

    @Test
    void should_follow_the_schedule_of_the_learning_rate() {
        List<Integer> asked = new ArrayList<>();
        Tracker schedule =
                update -> {
                    asked.add(update);
                    return new float[] {0.5f, 0f, 0.125f}[update];
                };
        NDArray weight = manager.create(new float[] {1});
        Updater updater =
                Adam.builder()
                        .optLearningRate(schedule)
                        .optBeta1(0)
                        .optBeta2(0)
                        .build()
                        .newUpdater(list(weight));
        float[] values = new float[3];

        for (int step = 1; step <= 3; step++) {
            // Without memory a step of Adam is the learning rate, against the gradient's sign.
            updater.update(list(manager.create(new float[] {-3})), step);
            values[step - 1] = weight.getFloat(0);
        }

        assertThat(asked).containsExactly(0, 1, 2);
        assertThat(values[0]).isEqualTo(1.5f, within(1e-6f));
        assertThat(values[1]).isEqualTo(values[0]);
        assertThat(values[2]).isEqualTo(1.625f, within(1e-6f));
    }

    @Test
    void should_follow_a_djl_tracker() {
        Tracker halving = Tracker.factor().setBaseValue(0.5f).setFactor(0.5f).build();
        NDArray weight = manager.create(new float[] {0});
        Updater updater =
                Adam.builder()
                        .optLearningRate(halving)
                        .optBeta1(0)
                        .optBeta2(0)
                        .build()
                        .newUpdater(list(weight));

        for (int step = 1; step <= 3; step++) {
            updater.update(list(manager.create(new float[] {-1})), step);
        }

        assertThat(weight.getFloat(0)).isEqualTo(0.5f + 0.25f + 0.125f, within(1e-6f));
    }

    @Test
    void should_go_on_bit_for_bit_from_its_saved_state() {
        Adam adam = Adam.builder().optDecoupledWeightDecay(0.01).build();
        NDArray gradients = REFERENCE.get(manager, "adamw/p0/g");
        NDArray straight = REFERENCE.get(manager, "adamw/p0/init");
        Updater once = adam.newUpdater(list(straight));
        NDArray firstHalf = straight.duplicate();
        Updater before = adam.newUpdater(list(firstHalf));
        for (int step = 1; step <= 20; step++) {
            once.update(list(gradients.get(step - 1)), step);
            if (step <= 10) {
                before.update(list(gradients.get(step - 1)), step);
            }
        }

        NDArray secondHalf = firstHalf.duplicate();
        Updater after = adam.newUpdater(list(secondHalf));
        after.getState().forEach((name, array) -> write(array, before.getState().get(name)));
        for (int step = 11; step <= 20; step++) {
            after.update(list(gradients.get(step - 1)), step);
        }

        assertThat(bytes(secondHalf)).isEqualTo(bytes(straight));
        assertThat(states(after)).isEqualTo(states(once));
        assertThat(bytes(firstHalf)).isNotEqualTo(bytes(straight));
    }

    /** As the second derivatives of convolutions do: the fused kernel looks at memory alone. */
    @Test
    void should_read_a_gradient_that_lies_transposed_in_memory() {
        NDArray weight = manager.zeros(new Shape(2, 3));
        NDArray same = manager.zeros(new Shape(2, 3));
        NDArray transposed = manager.arange(6f).reshape(3, 2).transpose();
        NDArray plain = manager.create(transposed.toFloatArray(), new Shape(2, 3));
        Updater updater = Adam.builder().build().newUpdater(list(weight));
        Updater expected = Adam.builder().build().newUpdater(list(same));

        updater.update(list(transposed), 1);
        expected.update(list(plain), 1);

        assertThat(updater.getState().get("first_moment/0").toFloatArray())
                .containsExactly(0, 1, 2, 0.5f, 1.5f, 2.5f);
        assertThat(bytes(weight)).isEqualTo(bytes(same));
    }

    @Test
    void should_keep_the_memories_of_two_players_apart() {
        Adam adam = Adam.builder().build();
        NDArray a = manager.create(new float[] {1});
        NDArray b = manager.create(new float[] {1});
        Updater one = adam.newUpdater(list(a));
        Updater two = adam.newUpdater(list(b));

        one.update(list(manager.create(new float[] {5})), 1);

        assertThat(b.getFloat(0)).isEqualTo(1);
        assertThat(two.getState().get("first_moment/0").getFloat(0)).isZero();
        assertThat(one.getState().get("first_moment/0").getFloat(0)).isEqualTo(2.5f);
    }

    @Test
    void should_move_weights_that_require_gradients_and_leave_nothing_behind() {
        NDArray weight = manager.create(new float[] {1, 2}, new Shape(2));
        weight.setRequiresGradient(true);
        NDList gradients = list(manager.ones(new Shape(2)));
        Updater updater = Adam.builder().build().newUpdater(list(weight));
        int before = manager.getManagedArrays().size();

        try (GradMode recording = GradMode.on()) {
            updater.update(gradients, 1);
            updater.update(gradients, 2);
        }

        assertThat(weight.toFloatArray()[0]).isEqualTo(1 - 4e-4f, within(1e-6f));
        assertThat(weight.hasGradient()).isTrue();
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void should_not_take_steps_for_a_learning_rate_of_zero() {
        Torch.seed(1);
        NDArray weight = manager.randomNormal(new Shape(8));
        ByteBuffer before = bytes(weight);
        Updater updater = Adam.builder().optLearningRate(0).build().newUpdater(list(weight));

        updater.update(list(manager.ones(new Shape(8))), 1);

        assertThat(bytes(weight)).isEqualTo(before);
    }

    @Test
    void should_refuse_hyper_parameters_out_of_range() {
        Map<String, Consumer<Adam.Builder>> wrong = new LinkedHashMap<>();
        wrong.put(
                "The learning rate of Adam is -1.0; it must be 0 or more.",
                b -> b.optLearningRate(-1));
        wrong.put(
                "The learning rate of Adam is NaN; it must be 0 or more.",
                b -> b.optLearningRate(Double.NaN));
        wrong.put(
                "The beta1 of Adam is 1.0; it must be 0 or more, and below 1.", b -> b.optBeta1(1));
        wrong.put(
                "The beta2 of Adam is -0.1; it must be 0 or more, and below 1.",
                b -> b.optBeta2(-0.1));
        wrong.put("The epsilon of Adam is 0.0; it must be above 0.", b -> b.optEpsilon(0));
        wrong.put(
                "The weight decay of Adam is -1.0; it must be 0 or more.",
                b -> b.optWeightDecay(-1));
        wrong.put(
                "The weight decay of Adam is NaN; it must be 0 or more.",
                b -> b.optDecoupledWeightDecay(Double.NaN));

        wrong.forEach(
                (message, setting) ->
                        assertThatThrownBy(() -> setting.accept(Adam.builder()))
                                .isInstanceOf(InvalidInputException.class)
                                .hasMessage(message));
    }

    private static Map<String, ByteBuffer> states(Updater updater) {
        return bytes(updater.getState());
    }
}
