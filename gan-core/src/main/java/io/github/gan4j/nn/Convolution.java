package io.github.gan4j.nn;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What convolutions and transposed convolutions have in common.
 *
 * <p>A convolution has more than one formula. Where the kernel and the picture are of one size it
 * is a matrix product. On a CPU, oneDNN's kernels are made for many channels and pictures that are
 * not small; for the rest others are used that are faster, by up to four times. docs/performance.md
 * has the figures.
 */
abstract class Convolution extends FunctionLayer {

    /** Elements of a weight of which the gradient stays in a processor's cache. */
    private static final long SLICE = 1 << 19;

    /** Pictures of no more elements than this are small. */
    private static final long FEW_POSITIONS = 16;

    /** So many pictures at least make it worth while to cut a weight up, or to turn the input. */
    private static final long MANY_PICTURES = 16;

    final long filters;
    final Shape kernel;
    final Shape stride;
    final Shape padding;
    final Shape dilation;
    final int groups;
    final Parameter weight;
    final Parameter bias;
    private final Rectifier activation;

    /** Each is made when it is first needed; several threads may call one layer. */
    private final Map<Choice, PreciseFunction> functions = new ConcurrentHashMap<>();

    /** The formulas. */
    private enum Way {
        /** libtorch's own, which hands it to oneDNN or cuDNN. */
        DIRECT,
        /** A matrix product, of a kernel as large as the picture. */
        PRODUCT,
        /** By way of patches, where one of the two sides has a single channel. */
        OF_ONE_CHANNEL,
        /** Four pixels of few filters at a time. */
        IN_SQUARES,
        /** Some filters at a time. */
        IN_SLICES
    }

    /**
     * What to compute.
     *
     * @param way the formula
     * @param together whether pictures are laid out with the channels of a pixel together, in which
     *     oneDNN's kernels lose no time turning them. The output comes out so, and stays so through
     *     norms and rectifiers
     */
    private record Choice(Way way, boolean together) {}

    Convolution(ConvolutionBuilder<?> builder) {
        filters = builder.filters;
        kernel = builder.kernel;
        groups = builder.groups;
        activation = builder.activation;
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

    /** The convolution of {@code {x}} by a weight and a bias, as an expression. */
    abstract String expression(String w, String b);

    /**
     * The same where the kernel is as large as the picture, or the picture that it makes.
     *
     * @param together whether pictures have the channels of a pixel together
     */
    abstract PreciseFunction.Formula formulaOfProduct(boolean together);

    /** Whether the kernel is so large. */
    abstract boolean isProduct(Shape x);

    /**
     * The same where one of the two sides has a single channel, for layers of two dimensions,
     * without groups.
     *
     * @param together whether pictures have the channels of a pixel together
     */
    abstract PreciseFunction.Formula formulaOfOneChannel(boolean together);

    /** Whether {@link #squares} makes such an output, and pays. */
    boolean isOfFewFilters(Shape output) {
        return false;
    }

    /** The axis of the weight that filters lie along. */
    abstract int filterAxis();

    /** Whether the output has a single channel and can be made by {@link #sumOfPatches}. */
    abstract boolean isSumOfPatches();

    /** Whether one of the two sides has a single channel, and there is a formula for it. */
    boolean isOfOneChannel(Shape weightShape) {
        return isSumOfPatches();
    }

    @Override
    public final JointCall.Value join(JointCall call, JointCall.Value x) {
        Shape result = outputShape(x.shape());
        Shape w = weight.getShape();
        PreciseFunction function =
                functions.computeIfAbsent(
                        choose(call.getDevice(), x.shape(), w, result),
                        choice -> function(choice, w));
        return call.apply(function.now(), result, x, weight, bias);
    }

    /** Chooses what is fastest for the shapes; the last bits may differ. */
    private Choice choose(Device device, Shape x, Shape w, Shape output) {
        boolean pictures = kernel.dimension() == 2;
        boolean exact = Precision.current() == Precision.FLOAT32;
        boolean many = x.get(0) >= MANY_PICTURES;
        // Kernels for bfloat16 want it always.
        boolean together = pictures && (!exact || (many && groups == 1 && !device.isGpu()));
        Way way = Way.DIRECT;
        if (isProductOf(x)) {
            way = Way.PRODUCT;
        } else if (groups == 1 && !device.isGpu()) {
            if (pictures && (exact ? isOfOneChannel(w) : isSumOfPatches())) {
                way = Way.OF_ONE_CHANNEL;
            } else if (pictures && isOfFewFilters(output)) {
                way = Way.IN_SQUARES;
            } else if (exact && many && isLargeForFewPositions(x, w, output)) {
                way = Way.IN_SLICES;
            }
        }
        return new Choice(way, together);
    }

    private boolean isProductOf(Shape x) {
        return groups == 1 && isAll(0, padding) && isProduct(x);
    }

    private PreciseFunction function(Choice choice, Shape w) {
        boolean together = choice.together();
        PreciseFunction.Formula formula =
                switch (choice.way()) {
                    case PRODUCT -> formulaOfProduct(together);
                    case OF_ONE_CHANNEL -> formulaOfOneChannel(together);
                    case IN_SQUARES -> squares(together);
                    case IN_SLICES -> slices(w);
                    case DIRECT -> direct(together);
                };
        return new PreciseFunction(formula, bias != null, together, activation);
    }

    private PreciseFunction.Formula direct(boolean together) {
        String b = bias == null ? "None" : "{b}";
        if (!together) {
            return new PreciseFunction.Formula(expression("{w}", b));
        }
        // libtorch turns the weight as the pictures are, and would do it again in the backward
        // pass.
        return new PreciseFunction.Formula(
                PreciseFunction.channelsLast("turned", "{x}")
                        + PreciseFunction.channelsLast("weight", "{w}"),
                expression("weight", b).replace("{x}", "turned"));
    }

    /**
     * oneDNN adds up the gradient of the weight picture by picture, and goes through all of it for
     * each, in as many copies as there are threads. If two of them are more than the cache holds,
     * and pictures are small, moving them costs more than the arithmetic.
     */
    private boolean isLargeForFewPositions(Shape x, Shape w, Shape output) {
        return 2 * Float.BYTES * w.size() > Processor.CACHE_SIZE
                && Math.min(x.slice(2).size(), output.slice(2).size()) <= FEW_POSITIONS;
    }

    /**
     * A matrix product makes the patches of an output of one channel, which are then added up, in
     * the type of the weight whatever the product is in.
     *
     * @param matrix the weight as an expression, {@code (k, C, 1, 1)} for patches of k pixels
     * @param margin what is cut off each side of the sum
     */
    final PreciseFunction.Formula sumOfPatches(String matrix, Shape margin) {
        String value =
                "torch.col2im(patches, [%s, %s], %s, %s, %s, %s)"
                        .formatted(
                                outputLength(0),
                                outputLength(1),
                                list(kernel),
                                list(dilation),
                                list(margin),
                                list(stride));
        return new PreciseFunction.Formula(
                "patches = torch.type_as(torch.flatten(torch.conv2d({x}, %s), 2), w)\n"
                        .formatted(matrix),
                bias == null ? value : "torch.add(" + value + ", {b})");
    }

    /** The length of an axis of the output as an expression. */
    abstract String outputLength(int axis);

    /**
     * Four pixels of few filters at a time, at a stride of 1: each filter four times, moved by a
     * pixel or not along each axis, at a stride of 2. oneDNN's kernels make 8 or 16 channels at
     * once, so of three filters most is thrown away, of twelve little.
     */
    private PreciseFunction.Formula squares(boolean together) {
        String moved =
                Stream.of("0, 1, 0, 1", "1, 0, 0, 1", "0, 1, 1, 0", "1, 0, 1, 0")
                        .map("torch.constant_pad_nd({w}, [%s])"::formatted)
                        .collect(Collectors.joining(", ", "[", "]"));
        String statements = "four = torch.flatten(torch.stack(" + moved + ", 1), 0, 1)\n";
        if (together) {
            statements += PreciseFunction.channelsLast("four", "four");
        }
        return new PreciseFunction.Formula(
                statements,
                "torch.pixel_shuffle(torch.conv2d({x}, four, %s, [2, 2], %s), 2)"
                        .formatted(
                                bias == null ? "None" : "torch.repeat_interleave({b}, 4)",
                                list(padding)));
    }

    /** Some filters at a time. */
    private PreciseFunction.Formula slices(Shape w) {
        int count = (int) Math.min(filters, (w.size() + SLICE - 1) / SLICE);
        String statements = "ws = torch.chunk({w}, %d, %d)\n".formatted(count, filterAxis());
        if (bias != null) {
            statements += "bs = torch.chunk({b}, %d)\n".formatted(count);
        }
        // There may be fewer chunks than were asked for.
        int chunk = (int) ((filters + count - 1) / count);
        String parts =
                IntStream.range(0, (int) ((filters + chunk - 1) / chunk))
                        .mapToObj(
                                i -> {
                                    String at = "[" + i + "]";
                                    return expression("ws" + at, bias == null ? "None" : "bs" + at);
                                })
                        .collect(Collectors.joining(", ", "[", "]"));
        return new PreciseFunction.Formula(statements, "torch.cat(" + parts + ", 1)");
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
        if (input.dimension() != axes) {
            throw new IllegalArgumentException(
                    "The input "
                            + input
                            + " needs "
                            + axes
                            + " axes: batch, channels, and those of the kernel "
                            + kernel
                            + ".");
        }
    }

    final Shape expand(Shape shape, long value, String what) {
        if (shape == null) {
            return all(value);
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

    /** Whether all lengths are this one. */
    static boolean isAll(long length, Shape shape) {
        for (long each : shape.getShape()) {
            if (each != length) {
                return false;
            }
        }
        return true;
    }

    /** The same length along each axis of the kernel. */
    final Shape all(long length) {
        long[] lengths = new long[kernel.dimension()];
        Arrays.fill(lengths, length);
        return new Shape(lengths);
    }

    /** A matrix of a row for each picture as pictures of one size, as an expression. */
    final String asPictures(String matrix, Shape size) {
        return "torch.reshape(%s, %s)".formatted(matrix, list(new Shape(-1, filters).addAll(size)));
    }

    static String list(Shape shape) {
        return Arrays.stream(shape.getShape())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
