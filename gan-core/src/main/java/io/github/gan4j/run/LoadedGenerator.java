package io.github.gan4j.run;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A generator of a run, loaded by DJL's {@code Criteria}: of latents, or of pictures. */
final class LoadedGenerator implements AutoCloseable {

    private final GeneratorExport.Description description;
    private final Gan gan;
    private final Generator generator;
    private final ZooModel<NDList, NDList> model;
    private final Queue<Predictor<NDList, NDList>> idle = new ConcurrentLinkedQueue<>();

    private LoadedGenerator(Path folder, Device device)
            throws ModelNotFoundException, MalformedModelException, IOException {
        description = GeneratorExport.readDescription(folder);
        gan = description.buildGan();
        generator = description.choose(gan);
        model = load(folder, device);
        try (NDManager manager = model.getNDManager().newSubManager()) {
            Shape one = new Shape(1).addAll(generator.getInputShapes()[0]);
            run(
                    manager.zeros(one),
                    labels(manager, 1)); // DJL loads weights that are missing or do not fit
        } catch (RuntimeException e) {
            close();
            throw new MalformedModelException("The weights do not fit the description.", e);
        }
        if (!GeneratorExport.isSound(model)) {
            close();
            throw new MalformedModelException("The checksum of the weights differs.");
        }
    }

    private static ZooModel<NDList, NDList> load(Path folder, Device device)
            throws ModelNotFoundException, MalformedModelException, IOException {
        try {
            return Criteria.builder()
                    .setTypes(NDList.class, NDList.class)
                    .optModelPath(folder)
                    .optDevice(device)
                    .build()
                    .loadModel();
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            throw new MalformedModelException("DJL cannot read the weights.", e);
        }
    }

    /**
     * Loads a generator.
     *
     * @param run the run folder, which {@link #requireRun} has found to be one
     * @param name the folder of the generator in it
     * @param device where it computes
     * @throws InvalidInputException if it is damaged
     */
    static LoadedGenerator open(Path run, String name, Device device) {
        Path folder = run.resolve(name);
        try {
            return new LoadedGenerator(folder, device);
        } catch (ModelNotFoundException | MalformedModelException | IOException e) {
            String mend =
                    name.equals(RunFolder.BEST)
                            ? "leave out --best for the last one"
                            : "'gan4j resume %s' writes it again".formatted(run);
            throw new InvalidInputException(
                    "The generator in '%s' is damaged: %s; %s."
                            .formatted(folder, GeneratorExport.blame(folder), mend),
                    e);
        }
    }

    /** Tells whether a run has a generator. */
    static boolean exists(Path run, String name) {
        return Files.isDirectory(run.resolve(name));
    }

    /** Says why a run has no generator. */
    static InvalidInputException missing(Path run) {
        return new InvalidInputException(
                Files.isDirectory(run)
                        ? "The run '%s' has no generator yet; it is written with the first checkpoint."
                                .formatted(run)
                        : "There is no run '%s'; train one with 'gan4j train'.".formatted(run));
    }

    GeneratorExport.Description getDescription() {
        return description;
    }

    Gan getGan() {
        return gan;
    }

    Generator getGenerator() {
        return generator;
    }

    NDManager getManager() {
        return model.getNDManager();
    }

    /** Labels of the first class; none for a generator that takes none. */
    private NDList labels(NDManager manager, int count) {
        return isConditional() ? new NDList(manager.create(new long[count])) : new NDList();
    }

    /** Tells whether the generator takes labels beside its input. */
    boolean isConditional() {
        return generator.getInputShapes().length > 1;
    }

    /**
     * Runs the generator, from several threads at once if need be, on inputs that may lie on any
     * device; the result lies on that of the generator, and is attached to the manager of the
     * input.
     */
    NDArray run(NDArray input, NDList conditions) {
        Predictor<NDList, NDList> free = idle.poll();
        Predictor<NDList, NDList> predictor = free == null ? model.newPredictor() : free;
        try {
            NDList inputs = generator.inputs(here(input), here(conditions));
            NDArray samples = generator.samples(predictor.predict(inputs));
            samples.attach(input.getManager());
            return samples;
        } catch (TranslateException e) {
            if (e.getCause() instanceof EngineException engine) {
                throw engine; // out of memory, for instance
            }
            throw new IllegalStateException(e);
        } finally {
            idle.add(predictor);
        }
    }

    private NDArray here(NDArray array) {
        return array.toDevice(model.getNDManager().getDevice(), false);
    }

    private NDList here(NDList arrays) {
        return new NDList(arrays.stream().map(this::here).toList());
    }

    @Override
    public void close() {
        idle.forEach(Predictor::close);
        model.close();
    }
}
