package io.github.gan4j;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;

/** Compares what the data set gives with what the game expects, before the engine has to. */
final class SampleCheck {

    private SampleCheck() {}

    static void check(Gan gan, Batch batch) {
        gan.getTranslators()
                .forEach((direction, generator) -> check(direction, generator, batch.getData()));
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
                                    : "; build the discriminator for the samples of the data"
                                            + " set."));
        }
        if (gan.isConditional() && batch.getLabels().isEmpty()) {
            throw new InvalidInputException(
                    "The game is conditional, but the data set has no labels; use a labelled data"
                            + " set, for instance a folder with a sub-folder for each class.");
        }
    }

    private static void check(Direction direction, Generator generator, NDList data) {
        if (data.size() < 2) {
            throw new InvalidInputException(
                    "The game translates between two domains, but the batches of the data set hold"
                            + " one array; use a data set of two, such as a TranslationDataset.");
        }
        Shape expected = generator.getInputShapes()[0];
        Shape found = data.get(direction.getSource()).getShape().slice(1);
        if (!expected.equals(found)) {
            throw new InvalidInputException(
                    "The data set gives samples of shape %s to translate %s, but the generator takes %s; give both the same image size and number of channels."
                            .formatted(found, direction, expected));
        }
    }
}
