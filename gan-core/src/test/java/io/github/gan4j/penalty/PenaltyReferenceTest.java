package io.github.gan4j.penalty;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.Critic;
import io.github.gan4j.TestSupport;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Penalties of a perceptron against PyTorch: the value, and what each weight receives. */
class PenaltyReferenceTest {

    /** Twice the recorded distance of PyTorch's float32 from float64. */
    private static final double TOLERANCE = 1.5e-5;

    private static final Safetensors REFERENCE = TestSupport.reference("penalties");
    private static final List<String> WEIGHTS = List.of("w1", "b1", "w2", "b2");

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();
    private final NDList weights = new NDList();

    @BeforeEach
    void readWeights() {
        for (String name : WEIGHTS) {
            NDArray weight = read(name);
            weight.setRequiresGradient(true);
            weights.add(weight);
        }
    }

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    @Test
    void should_equal_pytorch_for_r1() {
        check("r1", new R1Penalty(10).evaluate(critic(), read("real"), read("fake")));
    }

    @Test
    void should_equal_pytorch_for_the_gradient_penalty() {
        NDArray value =
                new GradientPenalty(10)
                        .evaluate(critic(), read("real"), read("fake"), read("alpha"));

        check("two_sided", value);
    }

    /** The engine must not read a number from a Java buffer that is gone by then. */
    @Test
    void should_survive_a_garbage_collection_before_the_gradient() {
        NDArray r1 = new R1Penalty(10).evaluate(critic(), read("real"), read("fake"));
        NDArray twoSided =
                new GradientPenalty(10)
                        .evaluate(critic(), read("real"), read("fake"), read("alpha"));

        TestSupport.collectGarbage();

        check("r1", r1);
        check("two_sided", twoSided);
    }

    private Critic critic() {
        return x ->
                x.matMul(weights.get(0).transpose())
                        .add(weights.get(1))
                        .tanh()
                        .matMul(weights.get(2).transpose())
                        .add(weights.get(3));
    }

    private void check(String penalty, NDArray value) {
        assertClose("value", value, read(penalty + "/value"), TOLERANCE);
        NDList gradients = Autograd.gradients(manager, value, weights);
        for (int i = 0; i < WEIGHTS.size(); i++) {
            String key = penalty + "/" + WEIGHTS.get(i);
            assertClose(key, gradients.get(i), read(key), TOLERANCE);
        }
        // The proof that a weight receives something; the last bias has no slope to flatten.
        for (NDArray gradient : list(gradients.get(0), gradients.get(1), gradients.get(2))) {
            assertThat(gradient.abs().max().getFloat()).isGreaterThan(0.1f);
        }
    }

    private NDArray read(String key) {
        return REFERENCE.get(manager, key);
    }
}
