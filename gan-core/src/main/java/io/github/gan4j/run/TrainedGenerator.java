package io.github.gan4j.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Seeds;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A trained generator, loaded from a run folder by DJL's {@code Criteria}.
 *
 * <pre>{@code
 * try (TrainedGenerator generator = TrainedGenerator.open(Path.of("runs/dcgan"));
 *         NDManager manager = NDManager.newBaseManager()) {
 *     NDArray digits = generator.generate(manager, 64, 7); // (64, 1, 28, 28) in [-1, 1]
 * }
 * }</pre>
 */
public final class TrainedGenerator implements AutoCloseable {

    /** The latents of so many samples are drawn from one seed, however many samples are made. */
    static final int BATCH = 100;

    private final LoadedGenerator generator;

    private TrainedGenerator(LoadedGenerator generator) {
        this.generator = generator;
    }

    /**
     * Loads the generator of a run onto the CPU.
     *
     * @param run the run folder
     * @return the generator, to be closed
     * @throws InvalidInputException if there is none yet, or it is damaged
     */
    public static TrainedGenerator open(Path run) {
        return open(run, Device.cpu());
    }

    /**
     * Loads the generator of a run.
     *
     * @param run the run folder
     * @param device where it computes
     * @return the generator, to be closed
     * @throws InvalidInputException if there is none yet, or it is damaged
     */
    public static TrainedGenerator open(Path run, Device device) {
        if (!LoadedGenerator.exists(run, RunFolder.GENERATOR)) {
            if (!TrainedTranslator.directions(run).isEmpty()) {
                throw new InvalidInputException(
                        "The run '%s' translates pictures and draws none from latents; use 'gan4j translate %s --input DIR --out DIR'."
                                .formatted(run, run));
            }
            throw LoadedGenerator.missing(run);
        }
        return new TrainedGenerator(LoadedGenerator.open(run, RunFolder.GENERATOR, device));
    }

    /**
     * Loads the generator of the best checkpoint of a run onto the CPU.
     *
     * @param run the run folder
     * @return the generator, to be closed
     * @throws InvalidInputException if there is none, or it is damaged
     */
    public static TrainedGenerator openBest(Path run) {
        if (!LoadedGenerator.exists(run, RunFolder.BEST)) {
            throw Files.isDirectory(run)
                    ? new InvalidInputException(
                            "The run '%s' has no best checkpoint; train it with --evaluate-every."
                                    .formatted(run))
                    : LoadedGenerator.missing(run);
        }
        return new TrainedGenerator(LoadedGenerator.open(run, RunFolder.BEST, Device.cpu()));
    }

    /**
     * Generates samples.
     *
     * @param manager the manager that the samples are attached to
     * @param count how many
     * @param seed what the latents are drawn from
     * @return samples {@code (count, ...)}, pictures in [-1, 1]; the first of them are the same for
     *     every count
     */
    public NDArray generate(NDManager manager, int count, long seed) {
        try (NDManager local = manager.newSubManager()) {
            NDList parts = new NDList();
            for (int start = 0; start < count; start += BATCH) {
                parts.add(generateBatch(local, start, count, seed, null));
            }
            NDArray samples = NDArrays.concat(parts);
            samples.attach(manager);
            return samples;
        }
    }

    /**
     * Generates many samples, a batch at a time.
     *
     * @param count how many in all
     * @param seed what the latents are drawn from
     * @param consumer takes each batch, which is freed afterwards
     * @throws IOException if the consumer throws it
     */
    public void forEachBatch(int count, long seed, BatchConsumer consumer) throws IOException {
        forEachBatch(count, seed, null, consumer);
    }

    /**
     * Generates many samples of given classes, a batch at a time.
     *
     * @param count how many in all
     * @param seed what the latents are drawn from
     * @param labels a class for each sample; {@code null} for each class in turn, which is also
     *     what the other methods take. A generator without labels ignores them
     * @param consumer takes each batch, which is freed afterwards
     * @throws IOException if the consumer throws it
     */
    public void forEachBatch(int count, long seed, int[] labels, BatchConsumer consumer)
            throws IOException {
        for (int start = 0; start < count; start += BATCH) {
            try (NDManager local = generator.getManager().newSubManager()) {
                consumer.accept(start, generateBatch(local, start, count, seed, labels));
            }
        }
    }

    /** Takes a batch of samples. */
    @FunctionalInterface
    public interface BatchConsumer {

        /**
         * Takes a batch of samples.
         *
         * @param first the number of the first sample, counted from 0
         * @param samples samples {@code (N, ...)}, pictures in [-1, 1]
         * @throws IOException if they cannot be written
         */
        void accept(int first, NDArray samples) throws IOException;
    }

    /**
     * Draws latents.
     *
     * @param manager the manager that the latents are attached to
     * @param count how many
     * @param seed what they are drawn from
     * @return latents {@code (count, ...)}; the first of them are the same for every count
     */
    public NDArray drawLatents(NDManager manager, int count, long seed) {
        try (NDManager local = manager.newSubManager()) {
            NDList parts = new NDList();
            for (int start = 0; start < count; start += BATCH) {
                parts.add(drawBatch(local, start / BATCH, seed));
            }
            NDArray latents = NDArrays.concat(parts).get("0:" + count);
            latents.attach(manager);
            return latents;
        }
    }

    private NDArray drawBatch(NDManager manager, int batch, long seed) {
        return drawBatch(generator.getGan(), manager, batch, seed);
    }

    /** Draws the latents of a batch. */
    static NDArray drawBatch(Gan gan, NDManager manager, int batch, long seed) {
        Torch.seed(Seeds.derive(seed, Seeds.SAMPLES, batch));
        Shape shape = new Shape(BATCH).addAll(gan.getGenerator().getLatentShape());
        return gan.getLatents().sample(manager, shape);
    }

    private NDArray generateBatch(
            NDManager manager, int start, int count, long seed, int[] labels) {
        NDArray latents = drawBatch(manager, start / BATCH, seed);
        NDArray samples = generator.run(latents, conditions(manager, start, BATCH, labels));
        int wanted = Math.min(BATCH, count - start);
        return wanted == BATCH ? samples : samples.get("0:" + wanted);
    }

    /** Labels, each class in turn unless others are given; none for a generator without. */
    private NDList conditions(NDManager manager, int first, int count, int[] labels) {
        if (!isConditional()) {
            return new NDList();
        }
        int classes = getClassNames().size();
        int known = labels == null ? 0 : labels.length;
        return new NDList(
                manager.create(
                        IntStream.range(first, first + count)
                                .mapToLong(i -> i < known ? labels[i] : i % classes)
                                .toArray()));
    }

    /** The labels of a batch, each class in turn. */
    static NDArray labels(NDManager manager, int first, int classes) {
        return manager.create(
                IntStream.range(first, first + BATCH).mapToLong(i -> i % classes).toArray());
    }

    /**
     * Generates samples from given latents.
     *
     * @param latents latents {@code (N, ...)}
     * @return samples {@code (N, ...)}, pictures in [-1, 1], attached to the manager of the latents
     */
    public NDArray generate(NDArray latents) {
        NDManager manager = latents.getManager();
        int count = (int) latents.getShape().get(0);
        return generator.run(latents, conditions(manager, 0, count, null));
    }

    /**
     * Returns the shape of a sample.
     *
     * @return the shape, without the batch axis
     */
    public Shape getSampleShape() {
        return new Shape(generator.getDescription().sampleShape());
    }

    /**
     * Tells whether the generator takes labels.
     *
     * @return whether it does
     */
    public boolean isConditional() {
        return generator.isConditional();
    }

    /**
     * Returns the names of the classes of the data set that the generator was trained on.
     *
     * @return the names; empty if it has none
     */
    public List<String> getClassNames() {
        return generator.getDescription().classNames();
    }

    @Override
    public void close() {
        generator.close();
    }
}
