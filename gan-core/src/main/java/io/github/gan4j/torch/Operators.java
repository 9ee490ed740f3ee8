package io.github.gan4j.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Operators of libtorch on lists of arrays, one engine call each.
 *
 * <p>Numbers that they read lie on the CPU, wherever the arrays do: to read one from a GPU is to
 * wait until all that was asked of it is done.
 */
public final class Operators {

    private static final TorchFunction NORM =
            TorchFunction.of(
                    "x: List[Tensor]",
                    "Tensor",
                    "return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(x)))");

    private static final TorchFunction LERP =
            TorchFunction.of(
                    "start: List[Tensor], end: List[Tensor], weight: List[Tensor]",
                    "Tensor",
                    """
                    torch._foreach_lerp_(start, end, float(weight[0]))
                    return weight[0]
                    """);

    private static final TorchFunction ADD =
            TorchFunction.of(
                    "targets: List[Tensor], terms: List[Tensor]",
                    "Tensor",
                    """
                    torch._foreach_add_(targets, terms)
                    return targets[0]
                    """);

    private static final TorchFunction CROSS_ENTROPY =
            TorchFunction.of(
                    "logits: Tensor, labels: Tensor",
                    "return torch.cross_entropy_loss(logits, labels)");

    private static final TorchFunction CLAMP =
            TorchFunction.of(
                    "x: List[Tensor], bound: List[Tensor]",
                    "Tensor",
                    """
                    torch._foreach_clamp_min_(x, torch.neg(float(bound[0])))
                    torch._foreach_clamp_max_(x, float(bound[0]))
                    return bound[0]
                    """);

    private static final TorchFunction COPY =
            TorchFunction.of(
                    "targets: List[Tensor], sources: List[Tensor]",
                    "Tensor",
                    """
                    for i in range(torch.len(targets)):
                      _0 = torch.copy_(targets[i], sources[i])
                    return targets[0]
                    """);

    private static final TorchFunction CLONE =
            TorchFunction.of(
                    "x: List[Tensor]",
                    "List[Tensor]",
                    """
                    result = annotate(List[Tensor], [])
                    for i in range(torch.len(x)):
                      _0 = torch.append(result, torch.clone(torch.detach(x[i])))
                    return result
                    """);

    private static final TorchFunction TO_FLOAT32 =
            TorchFunction.of("x: Tensor", "return torch.to(x, 6)");

    private static final TorchFunction RESAMPLE =
            TorchFunction.of(
                    "x: List[Tensor], height: List[Tensor], width: List[Tensor]",
                    "Tensor",
                    """
                    size = [int(height[0]), int(width[0])]
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
        // A number does not change the type of an array, and DJL makes none in bfloat16: it ends
        // the
        // process.
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
        LERP.callInPlace(weight, start, end);
    }

    /**
     * Adds arrays to others, in place.
     *
     * @param targets the arrays that grow; none may require gradients
     * @param terms what is added, one array for each
     */
    public static void add(NDList targets, NDList terms) {
        try (NDManager manager = targets.get(0).getManager().newSubManager();
                GradMode recording = GradMode.off()) {
            ADD.call(manager, targets, terms);
        }
    }

    /**
     * Limits the elements of arrays, in place.
     *
     * @param arrays the arrays; they may require gradients
     * @param bound what no element may exceed in size, 0 or more
     */
    public static void clamp(NDList arrays, float bound) {
        CLAMP.callInPlace(bound, arrays);
    }

    /**
     * Copies values into other arrays. ({@link ai.djl.ndarray.NDArray#copyTo} would make the target
     * share the memory of a Java buffer.)
     *
     * @param targets the arrays to write into; they may require gradients
     * @param sources an array of the same shape for each
     */
    public static void copy(NDList targets, NDList sources) {
        try (NDManager manager = sources.get(0).getManager().newSubManager();
                GradMode recording = GradMode.off()) {
            COPY.call(manager, targets, sources);
        }
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
        // On a GPU the first one waits for what is computed; a call to gather them costs more.
        float[] values = new float[scalars.size()];
        for (int i = 0; i < values.length; i++) {
            try (NDArray number = scalars.get(i).toType(DataType.FLOAT32, true)) {
                values[i] = number.toFloatArray()[0];
            }
        }
        return values;
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
        NDManager owner = pictures.getManager();
        try (NDManager manager = owner.newSubManager(Device.cpu())) {
            NDList h = new NDList(manager.create(height));
            NDList w = new NDList(manager.create(width));
            return RESAMPLE.call(owner, new NDList(pictures), h, w).singletonOrThrow();
        }
    }
}
