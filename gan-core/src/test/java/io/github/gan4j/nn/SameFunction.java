package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.gan4j.TestSupport;
import io.github.gan4j.torch.Autograd;

/** Two ways to compute one function, in float64, that shall agree in derivatives, too. */
final class SameFunction {

    private static final double TOLERANCE = 1e-9;

    private SameFunction() {}

    /**
     * Compares values and gradients of both orders.
     *
     * @param manager whose arrays they are
     * @param actual the value of one
     * @param expected that of the other
     * @param variables what both were computed from, the first one the input
     */
    static void check(NDManager manager, NDArray actual, NDArray expected, NDList variables) {
        TestSupport.assertClose("value", actual, expected, TOLERANCE);
        NDArray weights = manager.randomNormal(0f, 1f, actual.getShape(), DataType.FLOAT64);
        NDList first = gradients(manager, actual.mul(weights), variables);
        NDList firstExpected = gradients(manager, expected.mul(weights), variables);
        assertClose("first order", first, firstExpected);
        assertClose(
                "second order",
                gradients(manager, first.get(0).square(), variables),
                gradients(manager, firstExpected.get(0).square(), variables));
    }

    private static NDList gradients(NDManager manager, NDArray y, NDList variables) {
        return Autograd.differentiableGradients(manager, y.sum(), variables);
    }

    private static void assertClose(String what, NDList actual, NDList expected) {
        for (int i = 0; i < expected.size(); i++) {
            TestSupport.assertClose(what + " " + i, actual.get(i), expected.get(i), TOLERANCE);
        }
    }
}
