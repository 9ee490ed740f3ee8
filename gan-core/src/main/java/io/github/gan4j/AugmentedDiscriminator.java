package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/**
 * A discriminator that sees all samples, real and generated, only after a differentiable
 * augmentation (Zhao et al. 2020), so that it cannot learn a small data set by heart, and the
 * generator does not learn the augmentation.
 */
public final class AugmentedDiscriminator implements Discriminator {

    private final Discriminator discriminator;
    private final Block augmentation;

    /**
     * Wraps a discriminator.
     *
     * @param discriminator the discriminator
     * @param augmentation a block without parameters that alters samples, for instance {@link
     *     io.github.gan4j.nn.DiffAugment}
     */
    public AugmentedDiscriminator(Discriminator discriminator, Block augmentation) {
        this.discriminator = discriminator;
        this.augmentation = augmentation;
    }

    @Override
    public Block getBlock() {
        return discriminator.getBlock();
    }

    @Override
    public Shape[] getInputShapes() {
        return discriminator.getInputShapes();
    }

    @Override
    public Shape getSampleShape() {
        return discriminator.getSampleShape();
    }

    @Override
    public NDList inputs(NDArray samples, NDList conditions) {
        ParameterStore none = new ParameterStore(samples.getManager(), false);
        NDList altered = augmentation.forward(none, new NDList(samples), true);
        return discriminator.inputs(altered.head(), conditions);
    }

    @Override
    public NDArray scores(NDList outputs) {
        return discriminator.scores(outputs);
    }

    @Override
    public int getPacking() {
        return discriminator.getPacking();
    }

    @Override
    public void checkBatchSize(int batchSize) {
        discriminator.checkBatchSize(batchSize);
    }

    @Override
    public boolean isSampleWise() {
        return discriminator.isSampleWise();
    }
}
