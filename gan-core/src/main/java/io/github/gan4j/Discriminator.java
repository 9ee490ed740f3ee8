package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;

/**
 * Scores samples, given their conditions if there are any. A critic is a discriminator too.
 *
 * <p>Any DJL block is a discriminator: {@code Discriminator.of(block, new Shape(1, 28, 28))}. Its
 * scores are logits of any shape, {@code (N, 1)} or a map of patches {@code (N, 1, H, W)}: no
 * sigmoid at the end, the {@link Loss} knows what to make of them.
 */
public interface Discriminator extends Network {

    /**
     * Makes a discriminator of a block whose inputs are the samples and then the conditions.
     *
     * @param block any block whose first output are scores
     * @param sample the shape of one sample, for instance {@code (1, 28, 28)}
     * @param conditions the shape of each condition, without the batch axis
     * @return a discriminator
     */
    static Discriminator of(Block block, Shape sample, Shape... conditions) {
        return of(block, false, sample, conditions);
    }

    /**
     * Makes a discriminator of a block that may be sample-wise.
     *
     * @param block any block whose first output are scores
     * @param sampleWise whether the score of a sample depends on that sample alone
     * @param sample the shape of one sample, for instance {@code (1, 28, 28)}
     * @param conditions the shape of each condition, without the batch axis
     * @return a discriminator
     */
    static Discriminator of(Block block, boolean sampleWise, Shape sample, Shape... conditions) {
        Shape[] shapes = Shapes.prepend(sample, conditions);
        return new Discriminator() {
            @Override
            public Block getBlock() {
                return block;
            }

            @Override
            public Shape[] getInputShapes() {
                return shapes.clone();
            }

            @Override
            public boolean isSampleWise() {
                return sampleWise;
            }
        };
    }

    /**
     * Returns the shape of one sample, without the batch axis.
     *
     * @return for instance {@code (1, 28, 28)}
     */
    default Shape getSampleShape() {
        return getInputShapes()[0];
    }

    /**
     * Arranges the inputs of the block: as many of the conditions as {@link #getInputShapes} has
     * room for.
     *
     * @param samples the samples {@code (N, ...)}
     * @param conditions the conditions of the batch, {@code (N, ...)} each; empty if there are none
     * @return what the block is fed
     */
    default NDList inputs(NDArray samples, NDList conditions) {
        NDList inputs = new NDList(samples);
        conditions.stream().limit(getInputShapes().length - 1L).forEach(inputs::add);
        return inputs;
    }

    /**
     * Picks the scores out of the outputs of the block.
     *
     * @param outputs what the block returned
     * @return the scores, higher for samples that look real
     */
    default NDArray scores(NDList outputs) {
        return outputs.get(0);
    }

    /**
     * Refuses a batch size that this cannot take.
     *
     * @param batchSize the number of samples in a batch
     * @throws InvalidInputException if it cannot
     */
    default void checkBatchSize(int batchSize) {
        // Most can take any.
    }

    /**
     * Returns how many samples are scored as one.
     *
     * @return 1 unless overridden
     */
    default int getPacking() {
        return 1;
    }

    /**
     * Tells whether the score of a sample depends on that sample alone. Real and generated samples
     * are then scored together, in one pass. With batch norm or minibatch statistics it does not.
     *
     * @return {@code false} unless overridden
     */
    default boolean isSampleWise() {
        return false;
    }
}
