package io.github.gan4j.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/** Operators of libtorch on lists of arrays, one engine call each. */
public final class Operators {

    private static final TorchFunction NORM =
            TorchFunction.of(
                    "x: List[Tensor]",
                    "Tensor",
                    "return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(x)))");

    private static final TorchFunction LERP =
            TorchFunction.inPlace(
                    "start: List[Tensor], end: List[Tensor], weight: float",
                    "torch._foreach_lerp_(start, end, weight)");

    private static final TorchFunction ADD =
            TorchFunction.inPlace(
                    "targets: List[Tensor], terms: List[Tensor]",
                    "torch._foreach_add_(targets, terms)");

    private static final TorchFunction CROSS_ENTROPY =
            TorchFunction.of(
                    "logits: Tensor, labels: Tensor",
                    "return torch.cross_entropy_loss(logits, labels)");

    private static final TorchFunction CLAMP =
            TorchFunction.inPlace(
                    "x: List[Tensor], bound: float",
                    """
                    torch._foreach_clamp_min_(x, torch.neg(bound))
                    torch._foreach_clamp_max_(x, bound)
                    """);

    private static final TorchFunction COPY =
            TorchFunction.inPlace(
                    "targets: List[Tensor], sources: List[Tensor]",
                    """
                    for i in range(torch.len(targets)):
                      _0 = torch.copy_(targets[i], sources[i])
                    """);

    private static final TorchFunction CLONE =
            TorchFunction.ofEach("Tensor", "torch.clone(torch.detach(x[i]))");

    private static final TorchFunction TO_FLOAT32 =
            TorchFunction.of("x: Tensor", "return torch.to(x, 6)");

    private static final TorchFunction TO_NUMBERS = TorchFunction.ofEach("float", "float(x[i])");

    private static final TorchFunction RESAMPLE =
            TorchFunction.of(
                    "x: List[Tensor], height: float, width: float",
                    """
                    size = [int(height), int(width)]
                    return torch._upsample_bicubic2d_aa(x[0], size, False)
                    """);

    private Operators() {}

    /**
     * Computes the Euclidean norm of many arrays as if they were one vector.
     *
     * @param manager the manager that the result is attached to
     * @param arrays the arrays, at least one
     * @return the norm, a scalar
     */
    public static NDArray norm(NDManager manager, NDList arrays) {
        return NORM.call(manager, arrays).singletonOrThrow();
    }

    /**
     * Multiplies by a number inside a computation that is differentiated.
     *
     * <p>{@link NDArray#mul(Number)} is not safe there: DJL keeps the number in a Java buffer,
     * which a garbage collection may free before the gradient reads it.
     *
     * @param array the array
     * @param factor the number
     * @return the product, attached to the manager of the array
     */
    public static NDArray scale(NDArray array, float factor) {
        // A number does not change the type of an array, and DJL ends the process when it makes
        // one in bfloat16.
        NDManager manager = array.getManager();
        try (NDArray number = manager.full(new Shape(), factor, DataType.FLOAT32)) {
            return array.mul(number);
        }
    }

    /**
     * Casts to 32-bit floating-point numbers, inside a computation that is differentiated. ({@link
     * NDArray#toType} to another type forgets the graph.)
     *
     * @param array an array of any type
     * @return the array as float32, attached to the manager of the array
     */
    public static NDArray toFloat32(NDArray array) {
        return TO_FLOAT32.call(array.getManager(), array);
    }

    /**
     * Moves each array towards another, in place: {@code start += weight (end - start)}.
     *
     * @param start the arrays that move; none may require gradients
     * @param end where to, one array for each
     * @param weight how far, 0 to 1
     */
    public static void lerp(NDList start, NDList end, double weight) {
        LERP.callInPlace(List.of(start, end), weight);
    }

    /**
     * Adds arrays to others, in place.
     *
     * @param targets the arrays that grow; none may require gradients
     * @param terms what is added, one array for each
     */
    public static void add(NDList targets, NDList terms) {
        ADD.callInPlace(List.of(targets, terms));
    }

    /**
     * Limits the elements of arrays, in place.
     *
     * @param arrays the arrays; they may require gradients
     * @param bound what no element may exceed in size, 0 or more
     */
    public static void clamp(NDList arrays, float bound) {
        CLAMP.callInPlace(List.of(arrays), bound);
    }

    /**
     * Copies values into other arrays. ({@link ai.djl.ndarray.NDArray#copyTo} would make the target
     * share the memory of a Java buffer.)
     *
     * @param targets the arrays to write into; they may require gradients
     * @param sources an array of the same shape for each
     */
    public static void copy(NDList targets, NDList sources) {
        COPY.callInPlace(List.of(targets, sources));
    }

    /**
     * Copies arrays into memory of their own, without the graph that led to them. (DJL's {@code
     * toType(type, true)} returns another handle of the same memory if the type is the same, and
     * its {@code duplicate()} leaves the copy on memory of a Java buffer.)
     *
     * @param manager the manager that the copies are attached to
     * @param sources the arrays, at least one
     * @return a copy of each, which requires no gradient
     */
    public static NDList clone(NDManager manager, NDList sources) {
        return CLONE.call(manager, sources);
    }

    /**
     * Returns another handle of an array: the same memory, and the same place in the graph.
     *
     * @param manager the manager that the handle is attached to
     * @param array the array
     * @return a handle that can be closed, or used by another thread, without touching the first
     */
    public static NDArray handle(NDManager manager, NDArray array) {
        NDArray handle = array.toType(array.getDataType(), true);
        handle.attach(manager);
        return handle;
    }

    /**
     * Returns how far a classifier is from the classes.
     *
     * @param logits the classifier's scores {@code (N, K)}
     * @param labels the classes, int64 {@code (N)}
     * @return the mean cross-entropy, attached to the manager of the logits
     */
    public static NDArray crossEntropy(NDArray logits, NDArray labels) {
        return CROSS_ENTROPY.call(logits.getManager(), logits, labels);
    }

    /**
     * Reads scalars of any type into Java.
     *
     * @param scalars arrays of one element each
     * @return their values as 32-bit floating-point numbers
     */
    public static float[] toFloats(NDList scalars) {
        double[] values = TO_NUMBERS.run(List.of(scalars), IValue::toDoubleArray);
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /**
     * Scales pictures with Keys' cubic, which is widened when it shrinks, so that nothing aliases.
     *
     * @param pictures pictures {@code (N, C, H, W)}
     * @param height the new height
     * @param width the new width
     * @return the scaled pictures, attached to the manager of the pictures; values may overshoot
     */
    public static NDArray resample(NDArray pictures, long height, long width) {
        return RESAMPLE.call(pictures.getManager(), List.of(new NDList(pictures)), height, width)
                .singletonOrThrow();
    }
}
