package io.github.gan4j.nn;

import io.github.gan4j.torch.TorchFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function of an input, a weight and perhaps a bias that computes in the {@link Precision} of the
 * moment.
 */
final class PreciseFunction {

    /** How libtorch numbers the type bfloat16. */
    private static final int BFLOAT16 = 15;

    /**
     * How libtorch numbers the layout of pictures in which the channels of a pixel lie together.
     */
    private static final int CHANNELS_LAST = 2;

    private final RectifiedFunction exact;
    private final RectifiedFunction coarse;

    /**
     * What a function computes, in TorchScript: a value of {@code x}, {@code w} and, if there is a
     * bias, {@code b}, each written in braces.
     *
     * @param statements what goes before the value, lines that end, or nothing
     * @param value an expression; nobody else holds the tensor
     */
    record Formula(String statements, String value) {

        Formula(String value) {
            this("", value);
        }

        private Formula with(UnaryOperator<String> naming) {
            return new Formula(fill(statements, naming), fill(value, naming));
        }

        private static String fill(String text, UnaryOperator<String> naming) {
            String filled = text;
            for (String name : new String[] {"x", "w", "b"}) {
                filled = filled.replace("{" + name + "}", naming.apply(name));
            }
            return filled;
        }
    }

    /**
     * Defines a function.
     *
     * @param formula what it computes
     * @param bias whether there is a bias
     * @param together whether {@code x} are pictures, batch and channels first, that a cast lays
     *     out with the channels of a pixel together
     * @param rectifier what is applied to its value, {@code null} for nothing
     */
    PreciseFunction(Formula formula, boolean bias, boolean together, Rectifier rectifier) {
        String parameters = "x: Tensor, w: Tensor" + (bias ? ", b: Tensor" : "");
        Formula exactly = formula.with(name -> name);
        exact = new RectifiedFunction(parameters, exactly.statements(), exactly.value(), rectifier);
        String casts =
                Stream.of("x", "w", "b")
                        .filter(name -> bias || !"b".equals(name))
                        .map(name -> cast(name, together && "x".equals(name)))
                        .collect(Collectors.joining());
        Formula coarsely = formula.with(name -> "short_" + name);
        coarse =
                new RectifiedFunction(
                        parameters, casts + coarsely.statements(), coarsely.value(), rectifier);
    }

    private static String cast(String name, boolean channelsLast) {
        // Pictures of one channel count as laid out either way; only a cast that knows the layout
        // sets it for what follows.
        return "short_%s = torch.to(%1$s, %d, False, False, %s)\n"
                .formatted(name, BFLOAT16, channelsLast ? CHANNELS_LAST : "None");
    }

    /** The statement that lays pictures out with the channels of a pixel together. */
    static String channelsLast(String name, String pictures) {
        return "%s = torch.contiguous(%s, memory_format=%d)\n"
                .formatted(name, pictures, CHANNELS_LAST);
    }

    /** Returns what to call at this moment. */
    TorchFunction now() {
        return (Precision.current() == Precision.BFLOAT16 ? coarse : exact).now();
    }
}
