package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gan4j.torch.TorchFunction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Differentiable augmentation (Zhao et al. 2020): what the discriminator sees, real and generated,
 * is altered at random, and the gradient passes through the alteration to the generator. With few
 * images this keeps the discriminator from learning them by heart.
 *
 * <p>Stands in front of a discriminator: alters {@code (N, C, H, W)} in training and lets it pass
 * otherwise. Each sample is altered on its own, as in the authors' program; the random numbers come
 * from the engine's generator. Any number of channels will do.
 */
public final class DiffAugment extends SimpleLayer {

    /** A kind of alteration. They are applied in this order. */
    public enum Policy {

        /**
         * Brightness, \(x + (r - 0.5)\); saturation, \((x - m) 2r + m\) with the mean m over the
         * channels; contrast, \((x - m)(r + 0.5) + m\) with the mean m over the sample; each r
         * uniform from 0 to 1. Saturation does nothing to one channel.
         */
        COLOUR(
                3,
                """
                r = torch.reshape(torch.t(r), [3, -1, 1, 1, 1])
                x = torch.add(x, torch.sub(torch.select(r, 0, 0), 0.5))
                grey = torch.mean(x, [1], True)
                factor = torch.mul(torch.select(r, 0, 1), 2.)
                x = torch.add(torch.mul(torch.sub(x, grey), factor), grey)
                level = torch.mean(x, [1, 2, 3], True)
                factor = torch.add(torch.select(r, 0, 2), 0.5)
                return torch.add(torch.mul(torch.sub(x, level), factor), level)
                """),

        /** A shift by whole pixels, up to an eighth of each side; zeros move in. */
        TRANSLATION(
                2,
                alongBothAxes(
                                """
                                reach_# = torch.floordiv(torch.add(#, 4), 8)
                                shifts_# = torch.add(torch.mul(reach_#, 2), 1)
                                shift_# = torch.floor(torch.mul(draw_#, shifts_#))
                                from_# = torch.add(place_#, torch.sub(shift_#, reach_#))
                                last_# = torch.sub(#, 1)
                                inside_# = torch.eq(from_#, torch.clamp(from_#, 0, last_#))
                                index_# = torch.to(torch.clamp(from_#, 0, last_#), 4)
                                """)
                        + """
                        index = torch.add(torch.mul(index_h, w), index_w)
                        pixels = torch.flatten(x, 2)
                        shape = torch.size(pixels)
                        index = torch.expand(torch.reshape(index, [shape[0], 1, -1]), shape)
                        moved = torch.reshape(torch.gather(pixels, 2, index), torch.size(x))
                        inside = torch.logical_and(inside_h, inside_w)
                        return torch.mul(moved, torch.type_as(inside, x))
                        """),

        /** Zeros in a rectangle with half of each side, its centre anywhere. */
        CUTOUT(
                2,
                alongBothAxes(
                                """
                                side_# = torch.floordiv(torch.add(#, 1), 2)
                                centres_# = torch.sub(torch.add(#, 1), torch.remainder(side_#, 2))
                                centre_# = torch.floor(torch.mul(draw_#, centres_#))
                                at_# = torch.sub(place_#, centre_#)
                                at_# = torch.add(at_#, torch.floordiv(side_#, 2))
                                inside_# = torch.eq(at_#, torch.clamp(at_#, 0, torch.sub(side_#, 1)))
                                """)
                        + """
                        hidden = torch.logical_and(inside_h, inside_w)
                        return torch.mul(x, torch.type_as(torch.logical_not(hidden), x))
                        """);

        private final int draws;
        private final TorchFunction function;

        /** The body is a function of samples x and of numbers r {@code (N, draws)} from 0 to 1. */
        Policy(int draws, String body) {
            this.draws = draws;
            function = TorchFunction.of("x: Tensor, r: Tensor", body);
        }

        /**
         * Writes text down for rows and for columns, with {@code #}, the length of the axis, {@code
         * place_#}, the indices along it, and {@code draw_#}, a number for each sample.
         */
        private static String alongBothAxes(String text) {
            String column = "torch.narrow(torch.narrow(x, 0, 0, 1), 1, 0, 1)";
            String prelude =
                    """
                    # = torch.size(x, ?)
                    line_# = torch.narrow(%s, !, 0, 1)
                    place_# = torch.sub(torch.cumsum(torch.ones_like(line_#), ?), 1)
                    draw_# = torch.reshape(torch.select(r, 1, torch.sub(?, 2)), [-1, 1, 1, 1])
                    """
                            .formatted(column);
            String both = prelude + text;
            return both.replace("#", "h").replace("?", "2").replace("!", "3")
                    + both.replace("#", "w").replace("?", "3").replace("!", "2");
        }

        /** Alters samples by given numbers. */
        NDArray apply(NDArray x, NDArray numbers) {
            return function.call(x.getManager(), x, numbers);
        }

        private NDArray apply(NDArray x) {
            NDManager manager = x.getManager();
            Shape shape = new Shape(x.getShape().get(0), draws);
            return apply(x, manager.randomUniform(0f, 1f, shape, x.getDataType()));
        }
    }

    private final Set<Policy> policies = EnumSet.noneOf(Policy.class);

    /** Constructs a layer that applies all policies, as the paper advises for few images. */
    public DiffAugment() {
        this(Policy.values());
    }

    /**
     * Constructs a layer.
     *
     * @param policies which alterations to apply; the order does not matter
     */
    public DiffAugment(Policy... policies) {
        require(policies.length > 0, "DiffAugment needs at least one policy.");
        this.policies.addAll(List.of(policies));
    }

    @Override
    NDArray compute(ParameterStore store, NDArray x, boolean training) {
        outputShape(x.getShape());
        return training ? augment(x) : x;
    }

    /**
     * Alters samples at random.
     *
     * @param samples the samples {@code (N, C, H, W)}
     * @return as many, attached to the same manager
     */
    public NDArray augment(NDArray samples) {
        outputShape(samples.getShape());
        NDArray altered = samples;
        for (Policy policy : policies) {
            altered = policy.apply(altered);
        }
        return altered;
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 4, 4, "(N, C, H, W)");
        return input;
    }
}
