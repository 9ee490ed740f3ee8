package io.github.gan4j.loss;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.json;
import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Components;
import io.github.gan4j.Loss;
import io.github.gan4j.TestSupport;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loss against PyTorch, on scores of every form, in value and in all four gradients. */
class LossReferenceTest {

    private static final Safetensors REFERENCE = TestSupport.reference("losses");
    private static final List<String> CASES = List.of("s8", "s8x1", "s4x1x3x3", "extreme");
    private static final Map<String, Loss> LOSSES = new LinkedHashMap<>();

    static {
        LOSSES.put("minimax", new MinimaxLoss());
        LOSSES.put("non_saturating", new NonSaturatingLoss());
        LOSSES.put("non_saturating_smooth", new NonSaturatingLoss(0.9f));
        LOSSES.put("least_squares", new LeastSquaresLoss());
        LOSSES.put("least_squares_pearson", new LeastSquaresLoss(1, -1, 0, 0));
        LOSSES.put("wasserstein", new WassersteinLoss());
        LOSSES.put("hinge", new HingeLoss());
        LOSSES.put("relativistic_pairing", new RelativisticPairingLoss());
        LOSSES.put("relativistic_average", new RelativisticAverageLoss());
    }

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    static Stream<Arguments> lossesAndCases() {
        List<Arguments> all = new ArrayList<>();
        LOSSES.keySet().forEach(loss -> CASES.forEach(c -> all.add(Arguments.of(loss, c))));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("lossesAndCases")
    void should_equal_pytorch_for_the_discriminator(String name, String scores) {
        NDArray real = scores(scores, "real");
        NDArray fake = scores(scores, "fake");

        NDArray value = LOSSES.get(name).discriminatorLoss(real, fake);

        check(name + "/" + scores + "/d", value, real, fake);
    }

    @ParameterizedTest
    @MethodSource("lossesAndCases")
    void should_equal_pytorch_for_the_generator(String name, String scores) {
        NDArray real = scores(scores, "real");
        NDArray fake = scores(scores, "fake");
        Loss loss = LOSSES.get(name);

        NDArray value = loss.generatorLoss(loss.comparesScores() ? real : null, fake);

        check(name + "/" + scores + "/g", value, real, fake);
    }

    /** Nothing that was recorded lies unread, and no loss is left out. */
    @Test
    void should_cover_every_loss() {
        List<String> recorded = new ArrayList<>();
        json(REFERENCE.getMetadata().get("losses")).forEach(name -> recorded.add(name.asText()));

        assertThat(LOSSES.keySet()).containsExactlyInAnyOrderElementsOf(recorded);
        assertThat(LOSSES.values().stream().map(Loss::getName).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Components.list(Loss.class).stream().map(Loss::getName).toList());
    }

    /** The engine must not read a number from a Java buffer that is gone by then. */
    @ParameterizedTest
    @MethodSource("losses")
    void should_survive_a_garbage_collection_before_the_gradient(String name) {
        NDArray real = scores("s8", "real");
        NDArray fake = scores("s8", "fake");
        Loss loss = LOSSES.get(name);
        NDArray forDiscriminator = loss.discriminatorLoss(real, fake);
        NDArray forGenerator = loss.generatorLoss(loss.comparesScores() ? real : null, fake);

        TestSupport.collectGarbage();

        check(name + "/s8/d", forDiscriminator, real, fake);
        check(name + "/s8/g", forGenerator, real, fake);
    }

    static Stream<String> losses() {
        return LOSSES.keySet().stream();
    }

    private NDArray scores(String scores, String side) {
        NDArray array = REFERENCE.get(manager, "scores/" + scores + "/" + side);
        array.setRequiresGradient(true);
        return array;
    }

    private void check(String key, NDArray value, NDArray real, NDArray fake) {
        NDArray expected = REFERENCE.get(manager, key);
        assertThat(value.getShape()).isEqualTo(new Shape());
        assertThat(expected.getFloat()).isFinite();
        // Relative to the value: those of the extreme scores reach the hundreds.
        assertClose(key, value, expected, 1e-6 * Math.max(1, Math.abs(expected.getFloat())));
        NDList gradients = Autograd.gradients(manager, value, list(real, fake));
        NDArray byReal = REFERENCE.get(manager, key + "_real");
        NDArray byFake = REFERENCE.get(manager, key + "_fake");
        assertClose(key + "_real", gradients.get(0), byReal, 1e-6);
        assertClose(key + "_fake", gradients.get(1), byFake, 1e-6);
    }
}
