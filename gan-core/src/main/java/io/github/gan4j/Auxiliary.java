package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * A second task of the discriminator, whose loss both players share: telling the class of a sample
 * (ACGAN), recovering the code that it was made from (InfoGAN). The discriminator's block returns
 * what the task needs after its scores.
 */
public interface Auxiliary extends Component {

    /**
     * Computes the term of the discriminator's objective.
     *
     * @param round the batch, its labels and latents
     * @param real all outputs of the discriminator for the real samples, scores first
     * @param fake all outputs of the discriminator for the generated samples, scores first
     * @return a scalar
     */
    NDArray discriminatorTerm(Round round, NDList real, NDList fake);

    /**
     * Computes the term of the generator's objective.
     *
     * @param round the batch, its labels and latents
     * @param fake all outputs of the discriminator for the generated samples, scores first
     * @return a scalar
     */
    NDArray generatorTerm(Round round, NDList fake);

    @Override
    default String getName() {
        return ComponentNames.of(getClass(), "Auxiliary");
    }
}
