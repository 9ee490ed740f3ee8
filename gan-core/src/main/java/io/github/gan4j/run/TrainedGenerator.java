package io.github.gan4j.run;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Seeds;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
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

    private final ZooModel<NDList, NDList> model;
    private final Predictor<NDList, NDList> predictor;
    private final Gan gan;
    private final GeneratorExport.Description description;

    private TrainedGenerator(Path folder, Device device)
            throws ModelNotFoundException, MalformedModelException, IOException {
        description = GeneratorExport.readDescription(folder);
        gan = description.buildGan();
        model =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optModelPath(folder)
                        .optDevice(device)
                        .build()
                        .loadModel();
        predictor = model.newPredictor();
        try (NDManager manager = model.getNDManager().newSubManager()) {
            Shape one = new Shape(1).addAll(gan.getGenerator().getLatentShape());
            generate(manager.zeros(one)); // DJL loads weights that are missing or do not fit
        } catch (RuntimeException e) {
            close();
            throw new MalformedModelException("The weights do not fit the description.", e);
        }
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
        Path folder = run.resolve(RunFolder.GENERATOR);
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    Files.isDirectory(run)
                            ? "The run '%s' has no generator yet; it is written with the first checkpoint."
                                    .formatted(run)
                            : "There is no run '%s'; train one with 'gan4j train'.".formatted(run));
        }
        try {
            return new TrainedGenerator(folder, device);
        } catch (ModelNotFoundException | MalformedModelException | IOException e) {
            throw new InvalidInputException(
                    "The generator in '%s' is damaged; 'gan4j resume %s' writes it again."
                            .formatted(folder, run),
                    e);
        }
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
            try (NDManager local = model.getNDManager().newSubManager()) {
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
        Shape shape = new Shape(BATCH).addAll(gan.getGenerator().getLatentShape());
        return gan.getLatents().sample(manager, shape);
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
        try {
            NDArray samples =
                    gan.getGenerator()
                            .samples(
                                    predictor.predict(
                                            gan.getGenerator().inputs(latents, new NDList())));
            samples.attach(latents.getManager());
            return samples;
        } catch (TranslateException e) {
            if (e.getCause() instanceof EngineException engine) {
                throw engine; // out of memory, for instance
            }
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the shape of a sample.
     *
     * @return the shape, without the batch axis
     */
    public Shape getSampleShape() {
        return new Shape(description.sampleShape());
    }

    /**
     * Returns the names of the classes of the data set that the generator was trained on.
     *
     * @return the names; empty if it has none
     */
    public List<String> getClassNames() {
        return description.classNames();
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
