package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.torch.TorchFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operator on tensors that computes in the {@link Precision} of the moment. */
final class PreciseFunction {

    /** How libtorch numbers the type bfloat16. */
    private static final int BFLOAT16 = 15;

    /**
     * How libtorch numbers the layout of pictures in which the channels of a pixel lie together.
     */
    private static final int CHANNELS_LAST = 2;

    private final TorchFunction exact;
    private final TorchFunction coarse;

    /**
     * Defines an operator.
     *
     * @param expression an expression of {@code x}, {@code w} and, if there is a bias, {@code b},
     *     each written in braces
     * @param bias whether there is a bias
     * @param pictures whether {@code x} has four axes, batch and channels first
     */
    PreciseFunction(String expression, boolean bias, boolean pictures) {
        String parameters = "x: Tensor, w: Tensor" + (bias ? ", b: Tensor" : "");
        exact = TorchFunction.of(parameters, "return " + fill(expression, name -> name));
        String casts =
                Stream.of("x", "w", "b")
                        .filter(name -> bias || !"b".equals(name))
                        .map(name -> "short_%s = torch.to(%1$s, %d)\n".formatted(name, BFLOAT16))
                        .collect(Collectors.joining());
        if (pictures) {
            // oneDNN's kernels like it so, and would else turn each picture around themselves.
            casts +=
                    "short_x = torch.contiguous(short_x, memory_format=%d)\n"
                            .formatted(CHANNELS_LAST);
        }
        coarse =
                TorchFunction.of(
                        parameters, casts + "return " + fill(expression, name -> "short_" + name));
    }

    private static String fill(String expression, UnaryOperator<String> naming) {
        String text = expression;
        for (String name : new String[] {"x", "w", "b"}) {
            text = text.replace("{" + name + "}", naming.apply(name));
        }
        return text;
    }

    /** Calls the operator; the bias may be {@code null} if there is none. */
    NDArray call(NDArray x, NDArray w, NDArray b) {
        TorchFunction function = Precision.current() == Precision.BFLOAT16 ? coarse : exact;
        return b == null
                ? function.call(x.getManager(), x, w)
                : function.call(x.getManager(), x, w, b);
    }
}
