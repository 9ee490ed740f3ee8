package io.github.gan4j.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Latents;
import io.github.gan4j.Names;
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
 *
 * <p>That of a conditional game draws the classes asked for: {@code generator.generate(manager, new
 * long[] {3, 7}, 7)}. Where none are asked for it draws its classes in turn.
 */
public final class TrainedGenerator implements AutoCloseable {

    /** Of more classes than that, an error message does not list the names. */
    private static final int MAX_LISTED = 20;

    private final LoadedGenerator generator;
    private final SampleBatches batches;

    private TrainedGenerator(LoadedGenerator generator) {
        this.generator = generator;
        batches = new SampleBatches(generator.getGan(), generator.getManager(), generator::run);
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
     * Loads the generator of a run.
     *
     * @param run the run folder
     * @param best whether to take that of the best checkpoint
     * @param device where it computes
     * @return the generator, to be closed
     * @throws InvalidInputException if there is none, or it is damaged
     */
    public static TrainedGenerator open(Path run, boolean best, Device device) {
        return best ? openBest(run, device) : open(run, device);
    }

    /**
     * Loads the generator of the best checkpoint of a run.
     *
     * @param run the run folder
     * @param device where it computes
     * @return the generator, to be closed
     * @throws InvalidInputException if there is none, or it is damaged
     */
    private static TrainedGenerator openBest(Path run, Device device) {
        if (!LoadedGenerator.exists(run, RunFolder.BEST)) {
            throw Files.isDirectory(run)
                    ? new InvalidInputException(
                            "The run '%s' has no best checkpoint; train it with --evaluate-every."
                                    .formatted(run))
                    : LoadedGenerator.missing(run);
        }
        return new TrainedGenerator(LoadedGenerator.open(run, RunFolder.BEST, device));
    }

    /**
     * Generates samples.
     *
     * @param manager the manager that the samples are attached to
     * @param count how many
     * @param seed what the latents are drawn from
     * @return samples {@code (count, ...)}, pictures in [-1, 1]; the first of them are the same for
     *     every count; in a conditional game of the classes in turn
     */
    public NDArray generate(NDManager manager, int count, long seed) {
        return generateAll(manager, count, classesInTurn(count), seed);
    }

    /**
     * Generates samples of given classes.
     *
     * @param manager the manager that the samples are attached to
     * @param labels the class of each sample
     * @param seed what the latents are drawn from
     * @return samples {@code (N, ...)}, pictures in [-1, 1]
     * @throws InvalidInputException if the game is not conditional, or there is no such class
     */
    public NDArray generate(NDManager manager, long[] labels, long seed) {
        checkLabels(labels);
        return generateAll(manager, labels.length, labels, seed);
    }

    private NDArray generateAll(NDManager manager, int count, long[] labels, long seed) {
        try (NDManager local = manager.newSubManager()) {
            NDList parts = new NDList();
            batches.forEach(
                    count,
                    labels,
                    seed,
                    (first, samples) -> {
                        samples.attach(local);
                        parts.add(samples);
                    });
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
     * @param <E> what the consumer throws
     * @throws E if the consumer throws it
     */
    public <E extends Exception> void forEachBatch(
            int count, long seed, SampleBatches.Consumer<E> consumer) throws E {
        batches.forEach(count, classesInTurn(count), seed, consumer);
    }

    /**
     * Generates many samples of given classes, a batch at a time.
     *
     * @param labels the class of each sample
     * @param seed what the latents are drawn from
     * @param consumer takes each batch, which is freed afterwards
     * @param <E> what the consumer throws
     * @throws E if the consumer throws it
     * @throws InvalidInputException if the game is not conditional, or there is no such class
     */
    public <E extends Exception> void forEachBatch(
            long[] labels, long seed, SampleBatches.Consumer<E> consumer) throws E {
        checkLabels(labels);
        batches.forEach(labels.length, labels, seed, consumer);
    }

    /**
     * Draws latents.
     *
     * @param manager the manager that the latents are attached to
     * @param count how many
     * @param seed what they are drawn from
     * @return latents {@code (count, ...)} on the device of the generator; the first of them are
     *     the same for every count
     */
    public NDArray drawLatents(NDManager manager, int count, long seed) {
        Device device = generator.getManager().getDevice();
        try (NDManager local = manager.newSubManager(device)) {
            NDList parts = new NDList();
            for (int batch = 0; batch * SampleBatches.SIZE < count; batch++) {
                parts.add(SampleBatches.latents(generator.getGan(), local, batch, seed));
            }
            NDArray latents = NDArrays.concat(parts).get("0:" + count);
            latents.attach(manager);
            return latents;
        }
    }

    /**
     * Generates samples from given latents; in a conditional game of the classes in turn.
     *
     * @param latents latents {@code (N, ...)}, on any device
     * @return samples {@code (N, ...)} on the device of the generator, pictures in [-1, 1],
     *     attached to the manager of the latents
     */
    public NDArray generate(NDArray latents) {
        return generate(latents, classesInTurn(Math.toIntExact(latents.getShape().get(0))));
    }

    /**
     * Generates samples of given classes from given latents.
     *
     * @param latents latents {@code (N, ...)}, on any device
     * @param labels the class of each sample; {@code null} if the game is not conditional
     * @return samples {@code (N, ...)} on the device of the generator, pictures in [-1, 1],
     *     attached to the manager of the latents
     * @throws InvalidInputException if labels are given or left out against the game's nature, or
     *     there is no such class
     */
    public NDArray generate(NDArray latents, long[] labels) {
        NDList conditions = new NDList();
        if (labels != null || isConditional()) {
            checkLabels(labels);
            conditions.add(latents.getManager().create(labels));
        }
        try {
            return generator.run(latents, conditions);
        } finally {
            conditions.close();
        }
    }

    private void checkLabels(long[] labels) {
        if (!isConditional()) {
            throw new InvalidInputException(
                    "The generator of the variant %s was trained without labels and draws no class asked for; leave the label out, or train a conditional variant such as cdcgan."
                            .formatted(generator.getDescription().variant()));
        }
        if (labels == null) {
            throw new InvalidInputException(
                    "The generator of the variant %s draws classes; give a label for each sample."
                            .formatted(generator.getDescription().variant()));
        }
        for (long label : labels) {
            if (label < 0 || label >= getClassNames().size()) {
                throw noClass(Long.toString(label));
            }
        }
    }

    private InvalidInputException noClass(String name) {
        List<String> names = getClassNames();
        int last = names.size() - 1;
        boolean numbers =
                IntStream.rangeClosed(0, last)
                        .allMatch(i -> names.get(i).equals(Integer.toString(i)));
        String known =
                numbers || last >= MAX_LISTED
                        ? "0 to " + last
                        : String.join(", ", names) + ", or 0 to " + last;
        return new InvalidInputException(
                "The run has no class '%s'%s It has: %s."
                        .formatted(name, numbers ? "." : Names.didYouMean(name, names), known));
    }

    /**
     * Finds a class.
     *
     * @param name its name, or its number counted from 0
     * @return its label
     * @throws InvalidInputException if the game is not conditional, or there is no such class
     */
    public long findLabel(String name) {
        checkLabels(new long[0]);
        int named = getClassNames().indexOf(name);
        if (named >= 0) {
            return named;
        }
        try {
            long label = Long.parseLong(name);
            checkLabels(new long[] {label});
            return label;
        } catch (NumberFormatException e) {
            throw noClass(name);
        }
    }

    /** Returns labels, or {@code null} for a generator that takes none. */
    private long[] classesInTurn(int count) {
        return isConditional() ? SampleBatches.classesInTurn(count, getClassNames().size()) : null;
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
     * Returns the components of the latents that the game made to stand for something.
     *
     * @return none, but for a game such as infogan
     */
    public List<Latents.Code> getCodes() {
        Gan gan = generator.getGan();
        int size = Math.toIntExact(gan.getGenerator().getLatentShape().size());
        return gan.getLatents().getCodes(size);
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
