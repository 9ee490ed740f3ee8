package io.github.gan4j;

import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;

/** Compares what the data set gives with what the game expects, before the engine has to. */
final class SampleCheck {

    private SampleCheck() {}

    static void check(Gan gan, Batch batch) {
        if (gan.getDiscriminator() == null) {
            return; // a game of its own making reads the batch in its own way
        }
        Shape expected = gan.getDiscriminator().getSampleShape();
        Shape found = batch.getData().get(0).getShape().slice(1);
        if (!expected.equals(found)) {
            throw new InvalidInputException(
                    "The data set gives samples of shape "
                            + found
                            + ", but the discriminator takes "
                            + expected
                            + (found.dimension() == 3 && expected.dimension() == 3
                                    ? "; give both the same image size and number of channels."
                                    : "; build the discriminator for the samples of the data set."));
        }
        if (gan.isConditional() && batch.getLabels().isEmpty()) {
            throw new InvalidInputException(
                    "The game is conditional, but the data set has no labels; use a labelled data"
                            + " set, for instance a folder with a sub-folder for each class.");
        }
    }
}
