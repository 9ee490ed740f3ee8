package io.github.gan4j.run;

import io.github.gan4j.GanTrainer;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the pictures that show how far a training is. */
interface PictureMaker {

    /**
     * Runs the networks, always on the same inputs.
     *
     * @param trainer the training
     * @return paints what came out, without the engine and on any thread; empty if there is nothing
     *     to see
     */
    Optional<Supplier<BufferedImage>> draw(GanTrainer trainer);
}
