package io.github.gan4j.auxiliary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.Auxiliary;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Latents;
import io.github.gan4j.Round;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.TorchFunction;

/**
 * The mutual information of InfoGAN (Chen et al. 2016, equation 5): from a generated sample the
 * discriminator recovers the code, a part of the latent, that it was made from.
 *
 * <p>\(-\lambda\,\mathrm{E}\log Q(c \mid G(z, c))\), the same for both players: a cross-entropy of
 * the category, and a Gaussian of unit variance for the continuous part. The latent ends with the
 * category as an indicator and the continuous components, see {@link CodeLatents}; the second
 * output of the discriminator's block are the logits of the categories and the means {@code (N,
 * categories + continuous)}.
 *
 * @param categories the number of categories, 0 for none
 * @param continuous the number of continuous components, 0 for none
 * @param weight \(\lambda\), 1 in the paper
 * @param continuousWeight \(\lambda\) of the continuous part, 0.1 in the authors' code
 */
public record CodeAuxiliary(int categories, int continuous, float weight, float continuousWeight)
        implements Auxiliary {

    private static final TorchFunction CROSS_ENTROPY =
            TorchFunction.of(
                    "logits: Tensor, code: Tensor",
                    "return torch.cross_entropy_loss(logits, torch.argmax(code, 1))");

    /**
     * Constructs the task.
     *
     * @param categories 2 or more, or 0 for none
     * @param continuous 0 or more
     * @param weight \(\lambda\)
     * @param continuousWeight \(\lambda\) of the continuous part
     * @throws InvalidInputException if these are no sizes of a code
     */
    public CodeAuxiliary {
        CodeLatents.check(categories, continuous);
    }

    @Override
    public NDArray discriminatorTerm(Round round, NDList real, NDList fake) {
        return generatorTerm(round, fake);
    }

    @Override
    public NDArray generatorTerm(Round round, NDList fake) {
        NDArray guess = fake.get(1);
        NDArray code = last(round.getLatents(), categories + continuous);
        NDArray term = null;
        if (categories > 0) {
            NDArray logits = columns(guess, 0, categories);
            NDArray truth = columns(code, 0, categories);
            term = CROSS_ENTROPY.call(guess.getManager(), logits, truth);
            term = Operators.scale(term, weight);
        }
        if (continuous > 0) {
            int end = categories + continuous;
            NDArray miss = columns(guess, categories, end).sub(columns(code, categories, end));
            NDArray squares = miss.square().sum(new int[] {1}).mean();
            NDArray gaussian = Operators.scale(squares, continuousWeight / 2);
            term = term == null ? gaussian : term.add(gaussian);
        }
        return term;
    }

    @Override
    public void check(Gan gan) {
        Generator generator = gan.getGenerator();
        int latent = generator == null ? 0 : (int) generator.getLatentShape().size();
        int code = categories + continuous;
        int carried = gan.getLatents().getCodes(latent).stream().mapToInt(Latents.Code::size).sum();
        if (latent < code || carried != code) {
            throw new InvalidInputException(
                    "The auxiliary code recovers %1$d categories and %2$d continuous components, which latents of %3$d components do not end with; set optLatents(new CodeLatents(%1$d, %2$d)) for latents of %4$d or more."
                            .formatted(categories, continuous, latent, code));
        }
    }

    private static NDArray last(NDArray latents, int count) {
        long size = latents.getShape().get(1);
        return columns(latents, size - count, size);
    }

    private static NDArray columns(NDArray array, long from, long to) {
        return array.get(":," + from + ":" + to);
    }
}
