package io.github.gan4j.auxiliary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Latents;
import io.github.gan4j.torch.TorchFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * Latents that end with a code (Chen et al. 2016, section 7.1): noise from N(0, 1), then a category
 * as an indicator, each as likely as the others, then components uniform in [-1, 1).
 *
 * @param categories the number of categories, 0 for none
 * @param continuous the number of continuous components, 0 for none
 */
public record CodeLatents(int categories, int continuous) implements Latents {

    private static final TorchFunction INDICATOR =
            TorchFunction.of(
                    "x: Tensor",
                    """
                    shape = [torch.size(x, 0)]
                    category = torch.randint(torch.size(x, 1), shape, dtype=4, device=ops.prim.device(x))
                    return torch.to(torch.one_hot(category, torch.size(x, 1)), 6)
                    """);

    /**
     * Constructs the distribution.
     *
     * @param categories 2 or more, or 0 for none
     * @param continuous 0 or more
     * @throws InvalidInputException if these are no sizes of a code
     */
    public CodeLatents {
        check(categories, continuous);
    }

    /** Refuses what are no sizes of a code. */
    static void check(int categories, int continuous) {
        if (categories < 0 || continuous < 0 || categories + continuous == 0) {
            throw new InvalidInputException(
                    "The code has categories %d and continuous %d; neither may be below 0, and one must be above."
                            .formatted(categories, continuous));
        }
        if (categories == 1) {
            throw new InvalidInputException(
                    "The code has a single category, which tells nothing; set categories=0, for none, or 2 or more.");
        }
    }

    @Override
    public NDArray sample(NDManager manager, Shape shape) {
        long count = shape.get(0);
        NDList parts = new NDList();
        long noise = shape.get(1) - categories - continuous;
        if (noise > 0) {
            parts.add(manager.randomNormal(new Shape(count, noise)));
        }
        if (categories > 0) {
            try (NDArray pattern = manager.zeros(new Shape(count, categories))) {
                parts.add(INDICATOR.call(manager, pattern));
            }
        }
        if (continuous > 0) {
            parts.add(manager.randomUniform(-1f, 1f, new Shape(count, continuous)));
        }
        return NDArrays.concat(parts, 1);
    }

    /** The category, named {@code category}, and the components, {@code c1}, {@code c2}, ... */
    @Override
    public List<Code> getCodes(int size) {
        List<Code> codes = new ArrayList<>();
        if (categories > 0) {
            codes.add(new Code("category", size - continuous - categories, categories));
        }
        for (int i = 0; i < continuous; i++) {
            codes.add(new Code("c" + (i + 1), size - continuous + i, 1));
        }
        return codes;
    }
}
