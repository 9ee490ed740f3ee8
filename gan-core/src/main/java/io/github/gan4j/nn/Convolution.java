package io.github.gan4j.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What convolutions and transposed convolutions have in common. */
abstract class Convolution extends SimpleLayer {

    final long filters;
    final Shape kernel;
    final Shape stride;
    final Shape padding;
    final Shape dilation;
    final int groups;
    final Parameter weight;
    final Parameter bias;

    Convolution(ConvolutionBuilder<?> builder) {
        filters = builder.filters;
        kernel = builder.kernel;
        groups = builder.groups;
        int dimensions = kernel == null ? 0 : kernel.dimension();
        refuse(dimensions < 1 || dimensions > 3, "The kernel needs 1, 2 or 3 axes: " + kernel);
        refuse(filters < 1, "The number of filters must be set, and above 0: " + filters);
        refuse(
                groups < 1 || filters % groups != 0,
                filters + " filters cannot be shared among " + groups + " groups.");
        stride = expand(builder.stride, 1, "stride");
        padding = expand(builder.padding, 0, "padding");
        dilation = expand(builder.dilation, 1, "dilation");
        for (int i = 0; i < dimensions; i++) {
            refuse(stride.get(i) < 1, "The stride must be above 0: " + stride);
            refuse(dilation.get(i) < 1, "The dilation must be above 0: " + dilation);
            refuse(padding.get(i) < 0, "The padding must not be negative: " + padding);
        }
        weight = parameter("weight", Parameter.Type.WEIGHT);
        bias = builder.bias ? parameter("bias", Parameter.Type.BIAS) : null;
    }

    /** The operator; what follows the bias among its arguments is the layer's own. */
    final PreciseFunction operator(String name, String arguments) {
        int dimensions = kernel.dimension();
        return new PreciseFunction(
                "torch.%s%dd({x}, {w}, %s, %s, %s, %s)"
                        .formatted(
                                name,
                                dimensions,
                                bias == null ? "None" : "{b}",
                                list(stride),
                                list(padding),
                                arguments),
                bias != null,
                dimensions == 2);
    }

    /** Calls the operator. */
    final NDArray run(PreciseFunction operator, ParameterStore store, NDArray x, boolean training) {
        Device device = x.getDevice();
        return operator.call(
                x,
                store.getValue(weight, device, training),
                store.getValue(bias, device, training));
    }

    /** The shape of the weight for so many input channels. */
    abstract Shape weightShape(long channels);

    /** The length of an output axis. */
    abstract long outputLength(long input, int axis);

    @Override
    protected void prepare(Shape[] inputs) {
        checkAxes(inputs[0]);
        long channels = inputs[0].get(1);
        refuse(
                channels % groups != 0,
                channels + " input channels cannot be shared among " + groups + " groups.");
        weight.setShape(weightShape(channels));
        if (bias != null) {
            bias.setShape(new Shape(filters));
        }
    }

    @Override
    Shape outputShape(Shape input) {
        checkAxes(input);
        long[] shape = new long[kernel.dimension() + 2];
        shape[0] = input.get(0);
        shape[1] = filters;
        for (int i = 0; i < kernel.dimension(); i++) {
            shape[i + 2] = outputLength(input.get(i + 2), i);
        }
        return new Shape(shape);
    }

    private void checkAxes(Shape input) {
        int axes = kernel.dimension() + 2;
        refuse(
                input.dimension() != axes,
                "The input "
                        + input
                        + " needs "
                        + axes
                        + " axes: batch, channels, and those of the kernel "
                        + kernel
                        + ".");
    }

    final Shape expand(Shape shape, long value, String what) {
        if (shape == null) {
            long[] all = new long[kernel.dimension()];
            Arrays.fill(all, value);
            return new Shape(all);
        }
        refuse(
                shape.dimension() != kernel.dimension(),
                "The " + what + " " + shape + " needs as many axes as the kernel " + kernel + ".");
        return shape;
    }

    static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new IllegalArgumentException(message);
        }
    }

    static String list(Shape shape) {
        return Arrays.stream(shape.getShape())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
