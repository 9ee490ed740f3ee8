package io.github.gan4j.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Seeds;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
    private static final int BATCH = 100;

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
                parts.add(generateBatch(local, start, count, seed));
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
        for (int start = 0; start < count; start += BATCH) {
            try (NDManager local = generator.getManager().newSubManager()) {
                consumer.accept(start, generateBatch(local, start, count, seed));
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
        Torch.seed(Seeds.derive(seed, Seeds.SAMPLES, batch));
        Shape shape = new Shape(BATCH).addAll(generator.getGenerator().getLatentShape());
        return generator.getGan().getLatents().sample(manager, shape);
    }

    private NDArray generateBatch(NDManager manager, int start, int count, long seed) {
        NDArray samples = generate(drawBatch(manager, start / BATCH, seed));
        int wanted = Math.min(BATCH, count - start);
        return wanted == BATCH ? samples : samples.get("0:" + wanted);
    }

    /**
     * Generates samples from given latents.
     *
     * @param latents latents {@code (N, ...)}
     * @return samples {@code (N, ...)}, pictures in [-1, 1], attached to the manager of the latents
     */
    public NDArray generate(NDArray latents) {
        return generator.run(latents);
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
