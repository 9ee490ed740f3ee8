package io.github.gan4j.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Direction;
import io.github.gan4j.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A trained generator that translates pictures of one domain to another, loaded from a run folder
 * by DJL's {@code Criteria}.
 *
 * <pre>{@code
 * try (TrainedTranslator translator =
 *         TrainedTranslator.open(Path.of("runs/cyclegan-emoji"), Direction.A_TO_B)) {
 *     NDArray translated = translator.translate(pictures); // (N, 3, 32, 32) in [-1, 1]
 * }
 * }</pre>
 */
public final class TrainedTranslator implements AutoCloseable {

    private final LoadedGenerator generator;

    private TrainedTranslator(LoadedGenerator generator) {
        this.generator = generator;
    }

    /**
     * Returns the directions in which a run translates.
     *
     * @param run the run folder
     * @return the directions; empty if it does not translate, or has no checkpoint yet
     */
    public static List<Direction> directions(Path run) {
        return Arrays.stream(Direction.values())
                .filter(way -> LoadedGenerator.exists(run, GeneratorExport.folder(way)))
                .toList();
    }

    /**
     * Loads a generator of a run onto the CPU.
     *
     * @param run the run folder
     * @param direction which way it translates
     * @return the translator, to be closed
     * @throws InvalidInputException if there is none yet, if the run does not translate that way,
     *     or if the generator is damaged
     */
    public static TrainedTranslator open(Path run, Direction direction) {
        return open(run, direction, Device.cpu());
    }

    /**
     * Loads a generator of a run.
     *
     * @param run the run folder
     * @param direction which way it translates
     * @param device where it computes
     * @return the translator, to be closed
     * @throws InvalidInputException if there is none yet, if the run does not translate that way,
     *     or if the generator is damaged
     */
    public static TrainedTranslator open(Path run, Direction direction, Device device) {
        String name = GeneratorExport.folder(direction);
        if (!LoadedGenerator.exists(run, name)) {
            throw missing(run, direction);
        }
        return new TrainedTranslator(LoadedGenerator.open(run, name, device));
    }

    private static InvalidInputException missing(Path run, Direction direction) {
        List<Direction> others = directions(run);
        if (!others.isEmpty()) {
            return new InvalidInputException(
                    "The run '%s' translates %s only; leave --direction %s out."
                            .formatted(run, others.get(0), direction));
        }
        if (LoadedGenerator.exists(run, RunFolder.GENERATOR)) {
            return new InvalidInputException(
                    "The run '%s' draws samples from latents and translates nothing; use 'gan4j generate %s'."
                            .formatted(run, run));
        }
        return LoadedGenerator.missing(run);
    }

    /**
     * Translates pictures.
     *
     * @param pictures pictures {@code (N, C, H, W)} in [-1, 1], of the size and number of channels
     *     of {@link #getInputShape}
     * @return their translations {@code (N, C, H, W)} in [-1, 1], attached to the manager of the
     *     pictures
     */
    public NDArray translate(NDArray pictures) {
        return generator.run(pictures, new NDList());
    }

    /**
     * Returns the shape of a picture to be translated.
     *
     * @return the shape {@code (C, H, W)}
     */
    public Shape getInputShape() {
        return generator.getGenerator().getInputShapes()[0];
    }

    /**
     * Returns the manager of the model, for arrays on its device.
     *
     * @return the manager
     */
    public NDManager getManager() {
        return generator.getManager();
    }

    @Override
    public void close() {
        generator.close();
    }
}
