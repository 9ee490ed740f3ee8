package io.github.gan4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.gan4j.Gan;
import io.github.gan4j.Weights;
import io.github.gan4j.torch.Torch;

/** Runs the networks of a game once and counts what they are made of. */
public final class NetworkShapes {

    private NetworkShapes() {}

    public static NDManager newManager() {
        Torch.setThreads(1);
        return Torch.newManager();
    }

    /** Initialises both networks for batches of two. */
    public static void initialize(NDManager manager, Gan gan) {
        Torch.seed(1);
        Shape two = new Shape(2);
        gan.getGenerator()
                .getBlock()
                .initialize(
                        manager, DataType.FLOAT32, two.addAll(gan.getGenerator().getLatentShape()));
        gan.getDiscriminator()
                .getBlock()
                .initialize(
                        manager,
                        DataType.FLOAT32,
                        two.addAll(gan.getDiscriminator().getSampleShape()));
    }

    /** Asserts that latents become samples of a shape in [-1, 1], and samples scores. */
    public static void check(NDManager manager, Gan gan, Shape sample) {
        initialize(manager, gan);
        Shape two = new Shape(2);
        NDArray latents = manager.randomNormal(two.addAll(gan.getGenerator().getLatentShape()));

        NDArray samples = run(manager, gan.getGenerator().getBlock(), latents);
        NDArray scores = run(manager, gan.getDiscriminator().getBlock(), samples);

        assertThat(gan.getDiscriminator().getSampleShape()).isEqualTo(sample);
        assertThat(samples.getShape()).isEqualTo(two.addAll(sample));
        assertThat(gan.getGenerator().getBlock().getOutputShapes(new Shape[] {latents.getShape()}))
                .containsExactly(samples.getShape());
        assertThat(samples.abs().max().getFloat()).isBetween(1e-6f, 1f);
        assertThat(scores.getShape()).isEqualTo(new Shape(2, 1));
        assertThat(scores.getFloat(0)).isNotEqualTo(scores.getFloat(1));
    }

    private static NDArray run(NDManager manager, Block block, NDArray input) {
        return block.forward(new Weights(manager), new NDList(input), true).singletonOrThrow();
    }

    /** Counts the trainable weights, running statistics left out. */
    public static long count(Block block) {
        long count = 0;
        for (Parameter parameter : block.getParameters().values()) {
            if (parameter.requiresGradient()) {
                count += parameter.getArray().getShape().size();
            }
        }
        return count;
    }
}
