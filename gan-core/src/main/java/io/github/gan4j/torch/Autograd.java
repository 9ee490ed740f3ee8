package io.github.gan4j.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/**
 * Gradients with respect to chosen arrays.
 *
 * <p>Nothing is accumulated in the arrays themselves, so there is nothing to zero, and no work is
 * spent on gradients that nobody asked for.
 */
public final class Autograd {

    private static final TorchFunction GRADIENTS = gradients(false);
    private static final TorchFunction DIFFERENTIABLE_GRADIENTS = gradients(true);

    private static final TorchFunction DIFFERENTIABLE =
            TorchFunction.ofEach("bool", "ops.prim.requires_grad(x[i])");

    private static final TorchFunction COMPUTED =
            TorchFunction.ofEach("bool", "torch.__not__(torch.is_leaf(x[i]))");

    private Autograd() {}

    /**
     * Computes the gradients of a scalar, and frees the graph that led to it.
     *
     * @param manager the manager that the gradients are attached to
     * @param scalar the scalar, computed with {@link GradMode} on
     * @param variables the arrays to differentiate by; each requires gradients or has been computed
     *     from one that does
     * @return one gradient for each variable, of its shape; zeros where the scalar does not depend
     *     on it
     * @throws TorchException if the scalar depends on no array that requires a gradient
     */
    public static NDList gradients(NDManager manager, NDArray scalar, NDList variables) {
        return call(GRADIENTS, manager, scalar, variables);
    }

    /**
     * Computes the gradients of a scalar as functions that can be differentiated again, as gradient
     * penalties need it. The graph is kept.
     *
     * @param manager the manager that the gradients are attached to
     * @param scalar the scalar, computed with {@link GradMode} on
     * @param variables the arrays to differentiate by; each requires gradients or has been computed
     *     from one that does
     * @return one gradient for each variable, of its shape; zeros where the scalar does not depend
     *     on it
     * @throws TorchException if the scalar depends on no array that requires a gradient
     */
    public static NDList differentiableGradients(
            NDManager manager, NDArray scalar, NDList variables) {
        return call(DIFFERENTIABLE_GRADIENTS, manager, scalar, variables);
    }

    /**
     * Tells whether gradients can flow through an array: a variable, or what has been computed from
     * one with {@link GradMode} on. ({@link NDArray#hasGradient()} says so of variables only.)
     *
     * @param array the array
     * @return {@code true} for variables and what has been computed from them
     */
    public static boolean isDifferentiable(NDArray array) {
        return ask(DIFFERENTIABLE, new NDList(array))[0];
    }

    /**
     * Closes the handles of what has been computed from variables. The graph holds what it needs of
     * it, and can so free each activation as soon as the gradient has passed it. Constants are
     * kept, for their memory may belong to a buffer of Java's that the graph knows nothing of.
     *
     * @param manager the manager whose arrays are closed
     * @param keep arrays to keep nevertheless
     */
    public static void forgetGraph(NDManager manager, NDArray... keep) {
        NDList candidates = new NDList(manager.getManagedArrays());
        for (NDArray array : keep) {
            candidates.removeIf(candidate -> candidate == array);
        }
        if (candidates.isEmpty()) {
            return;
        }
        boolean[] computed = ask(COMPUTED, candidates);
        for (int i = 0; i < computed.length; i++) {
            if (computed[i]) {
                candidates.get(i).close();
            }
        }
    }

    private static boolean[] ask(TorchFunction question, NDList arrays) {
        return question.run(List.of(arrays), IValue::toBooleanArray);
    }

    private static NDList call(
            TorchFunction function, NDManager manager, NDArray scalar, NDList variables) {
        try {
            return function.call(manager, new NDList(scalar), variables);
        } catch (TorchException e) {
            if (e.getMessage().contains("does not require grad and does not have a grad_fn")) {
                throw new TorchException(
                        "The scalar depends on no array that requires a gradient. Compute it with"
                                + " GradMode on, from weights or from inputs that require one.",
                        e);
            }
            throw e;
        }
    }

    private static TorchFunction gradients(boolean createGraph) {
        return TorchFunction.of(
                "y: List[Tensor], x: List[Tensor]",
                "List[Tensor]",
                """
                gradients = torch.autograd.grad(y, x, None, %1$s, %1$s, True)
                result = annotate(List[Tensor], [])
                for i in range(torch.len(x)):
                  gradient = gradients[i]
                  if torch.__is__(gradient, None):
                    _0 = torch.append(result, torch.zeros_like(x[i]))
                  else:
                    _1 = torch.append(result, unchecked_cast(Tensor, gradient))
                return result
                """
                        .formatted(createGraph ? "True" : "False"));
    }
}
