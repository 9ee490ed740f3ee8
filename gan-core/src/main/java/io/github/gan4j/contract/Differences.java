package io.github.gan4j.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Compares gradients in single precision with differences of values, at a few elements of each
 * array: those of the largest gradient, and others by lot.
 *
 * <p>A step must be large against rounding and small against curvature, and which one is depends on
 * the network; so several are tried. A right gradient agrees with one of them, a wrong one with
 * none but by chance.
 */
final class Differences {

    private static final float[] STEPS = {1e-2f, 3e-3f, 3e-2f, 1e-3f, 1e-1f, 3e-4f};
    private static final double TOLERANCE = 0.03;

    /** A step past kinks tells less; a part left out of the graph is missed by more. */
    private static final double KINKED_TOLERANCE = 0.15;

    private final NDList variables;
    private final NDList gradients;
    private final DoubleSupplier function;
    private final int perArray;
    private boolean kinked;

    /**
     * Constructs a comparison.
     *
     * @param variables arrays that the function reads anew in each call
     * @param gradients the gradients by them
     * @param function computes the value
     * @param perArray how many elements of each array are looked at
     */
    Differences(NDList variables, NDList gradients, DoubleSupplier function, int perArray) {
        this.variables = variables;
        this.gradients = gradients;
        this.function = function;
        this.perArray = perArray;
    }

    /**
     * Leaves out arrays whose gradient is zero throughout: the slope of a network with rectifiers
     * does not change with a bias, until the bias moves a rectifier past its kink.
     */
    Differences kinked() {
        kinked = true;
        return this;
    }

    /** Returns what does not agree, {@code the gradient is x, and a difference of values y}. */
    String problem() {
        double largest = 0;
        for (NDArray gradient : gradients) {
            largest = Math.max(largest, gradient.abs().max().getFloat());
        }
        Random random = new Random(7);
        for (int k = 0; k < variables.size(); k++) {
            float[] gradient = gradients.get(k).toFloatArray();
            if (kinked && gradient[indexOfLargest(gradient)] == 0) {
                continue;
            }
            for (int i = 0; i < Math.min(perArray, gradient.length); i++) {
                int element = i == 0 ? indexOfLargest(gradient) : random.nextInt(gradient.length);
                String problem = compare(k, element, gradient[element], largest);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    private String compare(int k, int element, float gradient, double largest) {
        float[] values = variables.get(k).toFloatArray();
        double scale = 0.05;
        for (float value : values) {
            scale = Math.max(scale, Math.abs(value));
        }
        double nearest = Double.NaN;
        for (float step : STEPS) {
            double h = step * scale;
            double above = valueWith(k, values, element, (float) (values[element] + h));
            double below = valueWith(k, values, element, (float) (values[element] - h));
            double difference = (above - below) / (2 * h);
            double rounding = 4e-6 * (Math.abs(above) + Math.abs(below)) / h;
            double gap = Math.abs(difference - gradient);
            double tolerance = kinked ? KINKED_TOLERANCE : TOLERANCE;
            if (gap <= tolerance * Math.abs(gradient) + rounding + 1e-2 * largest) {
                nearest = gradient;
                break;
            }
            if (!(Math.abs(nearest - gradient) <= gap)) {
                nearest = difference;
            }
        }
        write(k, values);
        return nearest == gradient
                ? null
                : "the gradient is %.4g, and a difference of values %.4g"
                        .formatted(gradient, nearest);
    }

    private double valueWith(int k, float[] values, int element, float value) {
        float[] moved = values.clone();
        moved[element] = value;
        write(k, moved);
        return function.getAsDouble();
    }

    private void write(int k, float[] values) {
        NDArray target = variables.get(k);
        try (GradMode recording = GradMode.off();
                NDArray source = target.getManager().create(values, target.getShape())) {
            Operators.copy(new NDList(target), new NDList(source));
        }
    }

    private static int indexOfLargest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (Math.abs(values[i]) > Math.abs(values[best])) {
                best = i;
            }
        }
        return best;
    }
}
