package io.github.gan4j.nn;

import static io.github.gan4j.TestSupport.list;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whichever formula is chosen for the number of samples and the precision, it is the norm. */
class InstanceNormTest {

    private static final double EPSILON = 1e-5;

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, FLOAT32",
        "3, FLOAT32",
        "9, FLOAT32",
        "1, BFLOAT16",
        "3, BFLOAT16",
        "9, BFLOAT16"
    })
    void should_equal_its_definition_in_values_and_gradients(int samples, Precision precision) {
        Torch.seed(3);
        Shape shape = new Shape(samples, 4, 3, 5);
        Block norm = InstanceNorm.builder().optAffine(true).build();
        for (Parameter.Type type : List.of(Parameter.Type.GAMMA, Parameter.Type.BETA)) {
            norm.setInitializer((m, wanted, data) -> m.randomNormal(0f, 1f, wanted, data), type);
        }
        norm.initialize(manager, DataType.FLOAT64, shape);
        NDArray x = manager.randomNormal(1f, 2f, shape, DataType.FLOAT64);
        x.setRequiresGradient(true);
        NDArray gamma = norm.getParameters().get("gamma").getArray();
        NDArray beta = norm.getParameters().get("beta").getArray();
        NDList variables = list(x, gamma, beta);

        NDArray y;
        try (Precision.Scope scope = precision.use()) {
            y = norm.forward(new Weights(manager), list(x), true).singletonOrThrow();
        }
        NDArray centred = x.sub(meanOfChannels(x));
        NDArray variance = meanOfChannels(centred.square());
        NDArray wanted =
                centred.div(variance.add(EPSILON).sqrt())
                        .mul(gamma.reshape(1, 4, 1, 1))
                        .add(beta.reshape(1, 4, 1, 1));

        SameFunction.check(manager, y, wanted, variables);
    }

    private static NDArray meanOfChannels(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(shape.get(0), shape.get(1), -1)
                .mean(new int[] {2}, true)
                .reshape(shape.get(0), shape.get(1), 1, 1);
    }
}
