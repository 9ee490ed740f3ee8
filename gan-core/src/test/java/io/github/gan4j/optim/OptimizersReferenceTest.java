package io.github.gan4j.optim;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.bytes;
import static io.github.gan4j.TestSupport.json;
import static io.github.gan4j.TestSupport.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.TestSupport;
import io.github.gan4j.run.Safetensors;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RMSprop and gradient descent against PyTorch; for Adam see {@link AdamTest}. */
class OptimizersReferenceTest {

    /** PyTorch's own float32 is up to 2.5e-6 from float64. */
    private static final double TOLERANCE = 3e-6;

    private static final Safetensors REFERENCE = TestSupport.reference("optimizers");
    private static final int PARAMETERS = 3;

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rmsprop", "rmsprop_fast", "sgd", "sgd_momentum"})
    void should_equal_pytorch_over_100_steps(String name) {
        NDList parameters = read(name, "init");
        NDList gradients = read(name, "g");
        Updater updater = optimizer(name).newUpdater(parameters);

        for (int step = 1; step <= 100; step++) {
            updater.update(at(gradients, step), step);
            if (step == 1 || step == 10 || step == 100) {
                compare(name, "step" + step, parameters);
            }
        }

        Map<String, NDArray> state = updater.getState();
        if (name.equals("sgd")) {
            assertThat(state).isEmpty();
        } else {
            assertThat(state).hasSize(PARAMETERS);
            compare(name, "state", new NDList(state.values()));
        }
    }

    @Test
    void should_read_every_case_that_was_recorded() {
        assertThat(json(REFERENCE.getMetadata().get("cases")))
                .extracting(JsonNode::asText)
                .containsExactly("rmsprop", "rmsprop_fast", "sgd", "sgd_momentum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rmsprop", "sgd_momentum"})
    void should_go_on_bit_for_bit_from_its_saved_state(String name) {
        NDList gradients = read(name, "g");
        NDList straight = read(name, "init");
        Updater once = optimizer(name).newUpdater(straight);
        NDList halves = read(name, "init");
        Updater before = optimizer(name).newUpdater(halves);
        Updater after = optimizer(name).newUpdater(halves);
        for (int step = 1; step <= 20; step++) {
            once.update(at(gradients, step), step);
            if (step == 11) {
                after.getState().forEach((key, a) -> write(a, before.getState().get(key)));
            }
            (step <= 10 ? before : after).update(at(gradients, step), step);
        }

        for (int i = 0; i < PARAMETERS; i++) {
            assertThat(bytes(halves.get(i))).isEqualTo(bytes(straight.get(i)));
        }
        assertThat(bytes(after.getState())).isEqualTo(bytes(once.getState()));
    }

    /** Two time scales, and a rate that was lowered in the course of a training. */
    @Test
    void should_scale_its_learning_rate_by_a_factor() {
        for (Optimizer optimizer :
                List.of(
                        Sgd.builder().optLearningRate(0.5).build(),
                        RmsProp.builder().optLearningRate(0.5).optAlpha(0).build(),
                        Adam.builder().optLearningRate(0.5).optBeta1(0).optBeta2(0).build())) {
            NDArray weight = manager.create(new float[] {0});
            Updater updater = optimizer.newUpdater(new NDList(weight));

            updater.update(new NDList(manager.create(new float[] {-1})), 1, 0, 0.25);

            assertThat(weight.getFloat(0)).isEqualTo(0.125f, within(1e-6f));
        }
    }

    @Test
    void should_refuse_hyper_parameters_out_of_range() {
        assertRefused(
                () -> RmsProp.builder().optAlpha(1),
                "The alpha of RMSprop is 1.0; it must be 0 or more, and below 1.");
        assertRefused(
                () -> RmsProp.builder().optEpsilon(0),
                "The epsilon of RMSprop is 0.0; it must be above 0.");
        assertRefused(
                () -> RmsProp.builder().optLearningRate(-1),
                "The learning rate of RMSprop is -1.0; it must be 0 or more.");
        assertRefused(
                () -> Sgd.builder().optMomentum(1),
                "The momentum of SGD is 1.0; it must be 0 or more, and below 1.");
        assertRefused(
                () -> Sgd.builder().optLearningRate(Double.NaN),
                "The learning rate of SGD is NaN; it must be 0 or more.");
    }

    private static void assertRefused(ThrowingCallable setting, String message) {
        assertThatThrownBy(setting).isInstanceOf(InvalidInputException.class).hasMessage(message);
    }

    private static Optimizer optimizer(String name) {
        JsonNode settings = json(REFERENCE.getMetadata().get(name));
        double rate = settings.get("lr").asDouble();
        if (name.startsWith("rmsprop")) {
            return RmsProp.builder()
                    .optLearningRate(rate)
                    .optAlpha(settings.get("alpha").asDouble())
                    .optEpsilon(settings.get("eps").asDouble())
                    .build();
        }
        return Sgd.builder()
                .optLearningRate(rate)
                .optMomentum(settings.path("momentum").asDouble(0))
                .build();
    }

    private static NDList at(NDList gradients, int step) {
        NDList current = new NDList();
        gradients.forEach(all -> current.add(all.get(step - 1)));
        return current;
    }

    private NDList read(String name, String what) {
        NDList arrays = new NDList();
        for (int i = 0; i < PARAMETERS; i++) {
            arrays.add(REFERENCE.get(manager, name + "/p" + i + "/" + what));
        }
        return arrays;
    }

    private void compare(String name, String what, NDList actual) {
        for (int i = 0; i < PARAMETERS; i++) {
            String key = name + "/p" + i + "/" + what;
            assertClose(key, actual.get(i), REFERENCE.get(manager, key), TOLERANCE);
        }
    }
}
