package io.github.gan4j.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Gan;
import io.github.gan4j.Seeds;
import io.github.gan4j.torch.Parallel;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Draws many samples, batch by batch, some batches at once. The latents of a batch depend on the
 * seed and the number of the batch, and a batch is always whole, so that the first samples are the
 * same, to the last bit, however many are drawn.
 *
 * <p>One batch is little for a GPU, which computes several as one; then the last bits do depend on
 * how many are drawn.
 */
public final class SampleBatches {

    /** The number of samples in a batch. */
    public static final int SIZE = 100;

    /** How many are computed at once; each holds the activations of its generator meanwhile. */
    private static final int AT_ONCE = 4;

    /** Threads wait for each other after so many batches. */
    private static final int MOST_WAITING = 16;

    /** The memory that finished samples may take until they are consumed. */
    private static final long MOST_BYTES = 64L << 20;

    private final Gan gan;
    private final NDManager manager;
    private final Generating generating;
    private final boolean joined;

    /** Runs a generator on latents and labels; from several threads at once. */
    @FunctionalInterface
    public interface Generating {

        /**
         * Generates samples.
         *
         * @param latents latents {@code (N, ...)}
         * @param conditions the labels of a conditional game, else empty
         * @return samples {@code (N, ...)}
         */
        NDArray apply(NDArray latents, NDList conditions);
    }

    /**
     * Takes a batch of samples.
     *
     * @param <E> what it throws if it cannot
     */
    @FunctionalInterface
    public interface Consumer<E extends Exception> {

        /**
         * Takes a batch of samples.
         *
         * @param first the number of the first sample, counted from 0
         * @param samples samples {@code (N, ...)}, pictures in [-1, 1]
         * @throws E if they cannot be taken
         */
        void accept(int first, NDArray samples) throws E;
    }

    /**
     * Prepares to draw.
     *
     * @param gan the game, whose latents are drawn
     * @param manager the manager of the generator
     * @param generating runs the generator
     */
    public SampleBatches(Gan gan, NDManager manager, Generating generating) {
        this(gan, manager, generating, manager.getDevice().isGpu());
    }

    SampleBatches(Gan gan, NDManager manager, Generating generating, boolean joined) {
        this.gan = gan;
        this.manager = manager;
        this.generating = generating;
        this.joined = joined;
    }

    /**
     * Draws samples.
     *
     * @param count how many
     * @param labels the class of each sample; {@code null} if the game is not conditional
     * @param seed what the latents are drawn from
     * @param consumer takes each batch in order; it is freed afterwards
     * @param <E> what the consumer throws
     * @throws E if the consumer throws it
     */
    public <E extends Exception> void forEach(
            int count, long[] labels, long seed, Consumer<E> consumer) throws E {
        int waiting = AT_ONCE;
        int first = 0;
        while (first < count) {
            try (NDManager local = manager.newSubManager()) {
                int batches = Math.min(waiting, (count - first + SIZE - 1) / SIZE);
                int together = joined ? batches : 1;
                List<Supplier<NDArray>> parts = new ArrayList<>();
                for (int i = 0; i < batches; i += together) {
                    int start = first + i * SIZE;
                    // In turn: the engine has one source of chance.
                    NDArray latents = latents(local, start / SIZE, together, seed);
                    NDList conditions = conditions(local, labels, start, together);
                    parts.add(() -> generate(local, latents, conditions));
                }
                for (NDArray samples : Parallel.compute(local.getDevice(), AT_ONCE, parts)) {
                    int wanted = Math.min(together * SIZE, count - first);
                    boolean all = wanted == together * SIZE;
                    consumer.accept(first, all ? samples : samples.get("0:" + wanted));
                    first += together * SIZE;
                    waiting = waiting(samples);
                }
            }
        }
    }

    /** How many batches wait to be consumed, at least so many that no thread is idle. */
    private static int waiting(NDArray samples) {
        Shape shape = samples.getShape();
        long one = shape.size() / shape.get(0) * samples.getDataType().getNumOfBytes();
        return (int) Math.max(AT_ONCE, Math.min(MOST_WAITING, MOST_BYTES / (SIZE * one)));
    }

    private NDArray latents(NDManager local, int first, int count, long seed) {
        NDList all = new NDList();
        for (int batch = first; batch < first + count; batch++) {
            all.add(latents(gan, local, batch, seed));
        }
        return count == 1 ? all.head() : NDArrays.concat(all);
    }

    /** Draws the latents of a batch. */
    static NDArray latents(Gan gan, NDManager manager, int batch, long seed) {
        Torch.seed(Seeds.derive(seed, Seeds.SAMPLES, batch));
        Shape shape = new Shape(SIZE).addAll(gan.getGenerator().getLatentShape());
        return gan.getLatents().sample(manager, shape);
    }

    /** Labels that go round. */
    static long[] classesInTurn(int count, int classes) {
        return LongStream.range(0, count).map(i -> i % classes).toArray();
    }

    /** The labels of some batches; the first class where there are no more. */
    private static NDList conditions(NDManager manager, long[] labels, int first, int count) {
        return labels == null
                ? new NDList()
                : new NDList(
                        manager.create(Arrays.copyOfRange(labels, first, first + count * SIZE)));
    }

    /** The scope catches what a block attaches to the manager of its weights by mistake. */
    private NDArray generate(NDManager local, NDArray latents, NDList conditions) {
        try (NDScope scope = new NDScope()) {
            NDArray samples = generating.apply(latents, conditions);
            NDScope.unregister(samples);
            samples.attach(local);
            return samples;
        }
    }
}
