package io.github.gan4j;

import ai.djl.ndarray.NDArray;

/**
 * What the discriminator and the generator each want, as a pure function of scores.
 *
 * <p>Scores are the discriminator's raw outputs, logits of any shape; every loss is a mean over all
 * of them and returns a scalar to minimise. A loss of one's own is two short methods:
 *
 * <pre>{@code
 * class Wasserstein implements Loss {
 *     public NDArray discriminatorLoss(NDArray real, NDArray fake) {
 *         return fake.mean().sub(real.mean());
 *     }
 *
 *     public NDArray generatorLoss(NDArray real, NDArray fake) {
 *         return fake.mean().neg();
 *     }
 * }
 * }</pre>
 *
 * <p>Multiply by a number with {@link io.github.gan4j.torch.Operators#scale}, not with DJL's {@code
 * mul(Number)}, {@code div(Number)} or {@code pow(Number)}: those free the number before the
 * gradient reads it (DJL 0.35.1), and now and then the gradient is garbage.
 */
public interface Loss extends Component {

    /**
     * Computes what the discriminator minimises.
     *
     * @param real the scores of real samples
     * @param fake the scores of generated samples, of the same shape
     * @return a scalar
     */
    NDArray discriminatorLoss(NDArray real, NDArray fake);

    /**
     * Computes what the generator minimises.
     *
     * @param real the scores of real samples; {@code null} unless {@link #comparesScores()}
     * @param fake the scores of generated samples
     * @return a scalar
     */
    NDArray generatorLoss(NDArray real, NDArray fake);

    /**
     * Tells whether the generator's loss looks at the scores of real samples too, as relativistic
     * losses do. They cost a forward pass, so they are not computed otherwise.
     *
     * @return {@code false} unless overridden
     */
    default boolean comparesScores() {
        return false;
    }

    /**
     * Tells whether the loss draws random numbers from the engine. Where two networks of a player
     * are trained at once, such a loss makes them wait for each other.
     *
     * @return {@code false} unless overridden
     */
    default boolean drawsNumbers() {
        return false;
    }

    /**
     * Turns scores into what the logs show as D(real) and D(fake).
     *
     * @param scores the scores of some samples
     * @return the mean probability of being real where scores are logits, else the mean score; a
     *     scalar
     */
    default NDArray report(NDArray scores) {
        return scores.mean();
    }

    @Override
    default String getName() {
        return ComponentNames.of(getClass(), "Loss");
    }
}
