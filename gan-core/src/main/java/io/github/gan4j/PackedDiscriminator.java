package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;

/**
 * PacGAN (Lin et al. 2018, section 2): a discriminator that judges several samples at once, all
 * real or all generated, and so sees at a glance that they are too much alike.
 *
 * <p>Packs of {@code m} samples {@code (C, ...)} are put one on the other as {@code (mC, ...)}; the
 * block scores packs. To a gradient penalty a pack is one sample, for it is a pack that the
 * discriminator is a function of.
 */
public final class PackedDiscriminator implements Discriminator {

    private final Block block;
    private final int pack;
    private final Shape sample;

    /**
     * Constructs a discriminator.
     *
     * @param block scores packs, see {@link #packed}
     * @param pack the number of samples in a pack, 1 or more
     * @param sample the shape of one sample, for instance {@code (1, 28, 28)}
     * @throws InvalidInputException if the pack is below 1
     */
    public PackedDiscriminator(Block block, int pack, Shape sample) {
        this.block = block;
        this.pack = pack;
        this.sample = sample;
        packed(sample, pack);
    }

    /**
     * Returns the shape of a pack.
     *
     * @param sample the shape of one sample
     * @param pack the number of samples in a pack
     * @return a shape with so many times the channels
     */
    public static Shape packed(Shape sample, int pack) {
        if (pack < 1) {
            throw new InvalidInputException(
                    "The packing is " + pack + "; it must be 1, for none, or more.");
        }
        return new Shape(sample.get(0) * pack).addAll(sample.slice(1));
    }

    @Override
    public Block getBlock() {
        return block;
    }

    @Override
    public Shape[] getInputShapes() {
        return new Shape[] {packed(sample, pack)};
    }

    @Override
    public Shape getSampleShape() {
        return sample;
    }

    @Override
    public NDList inputs(NDArray samples, NDList conditions) {
        return new NDList(samples.reshape(new Shape(-1).addAll(packed(sample, pack))));
    }

    @Override
    public int getPacking() {
        return pack;
    }

    @Override
    public void checkBatchSize(int batchSize) {
        if (batchSize % pack != 0) {
            throw new InvalidInputException(
                    "The batch size %d is no multiple of the packing %d; choose one that is."
                            .formatted(batchSize, pack));
        }
    }
}
