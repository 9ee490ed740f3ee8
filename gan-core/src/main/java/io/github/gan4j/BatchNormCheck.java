package io.github.gan4j;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gan4j.nn.BatchNorm;
import java.util.Map;

/**
 * Refuses to train on batches of one sample with a batch norm that would see a single value of each
 * channel: their variance is no number.
 */
final class BatchNormCheck {

    private BatchNormCheck() {}

    /** Checks a network that has been initialised. */
    static void check(String name, Network network, int batchSize) {
        long rows = batchSize;
        if (network instanceof Discriminator discriminator) {
            rows = batchSize / discriminator.getPacking();
        }
        if (rows == 1) {
            check(name, network.getBlock(), batchSize);
        }
    }

    private static void check(String name, Block block, int batchSize) {
        if (block instanceof BatchNorm || block instanceof ai.djl.nn.norm.BatchNorm) {
            Shape input = block.describeInput().get(0).getValue();
            if (input.dimension() > 1 && input.slice(2).size() == 1) {
                throw new InvalidInputException(
                        ("The batch size is %d, but the %s normalises each value over the batch;"
                                        + " choose at least %d, or networks without batch norm.")
                                .formatted(batchSize, name, 2 * batchSize));
            }
        }
        for (Map.Entry<String, Block> child : block.getChildren().toMap().entrySet()) {
            check(name, child.getValue(), batchSize);
        }
    }
}
