package io.github.gan4j.loss;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.centralDifferences;
import static io.github.gan4j.TestSupport.doubles;
import static io.github.gan4j.TestSupport.list;
import static io.github.gan4j.TestSupport.scalar;
import static io.github.gan4j.TestSupport.variable;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.Component;
import io.github.gan4j.Components;
import io.github.gan4j.Loss;
import io.github.gan4j.TestSupport;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients that each player receives from a loss, against finite differences. */
class LossGradientTest {

    private static final List<long[]> FORMS =
            List.of(new long[] {6}, new long[] {6, 1}, new long[] {3, 1, 2, 2});

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @BeforeEach
    void seed() {
        Torch.seed(4);
    }

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    /** All that can be found by name, and those with labels that are not plain. */
    static Stream<String> losses() {
        return Stream.concat(
                Components.list(Loss.class).stream().map(Component::getName),
                Stream.of(
                        "non-saturating=0.9",
                        "non-saturating:target=0.8,flip=0.3",
                        "least-squares:real=0.9,fake=-1,generator=0.5",
                        "least-squares:flip=0.3"));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void should_agree_with_finite_differences_for_both_players(String spec) {
        Loss loss = Components.parse(Loss.class, spec);
        for (long[] form : FORMS) {
            NDArray real = variable(manager, form);
            NDArray fake = variable(manager, form);

            check(spec, real, fake, () -> loss.discriminatorLoss(real, fake));
            check(
                    spec,
                    real,
                    fake,
                    () -> loss.generatorLoss(loss.comparesScores() ? real : null, fake));
        }
    }

    private void check(String what, NDArray real, NDArray fake, Supplier<NDArray> computation) {
        Function<NDManager, NDArray> value =
                scope -> {
                    Torch.seed(8); // the same labels are flipped in each call
                    NDArray result = computation.get();
                    result.attach(scope);
                    return result;
                };
        NDList gradients = Autograd.gradients(manager, value.apply(manager), list(real, fake));

        double largest = 0;
        for (int i = 0; i < 2; i++) {
            NDArray variable = i == 0 ? real : fake;
            double[] expected = centralDifferences(variable, 1e-6, () -> scalar(manager, value));
            assertClose(what + " " + i, doubles(gradients.get(i)), expected, 1e-8);
            for (double slope : expected) {
                largest = Math.max(largest, Math.abs(slope));
            }
        }
        assertThat(largest).isGreaterThan(1e-3);
    }
}
