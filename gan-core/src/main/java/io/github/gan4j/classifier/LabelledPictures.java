package io.github.gan4j.classifier;

import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/** Pictures and their classes, as a {@link ClassifierTrainer} asks for them, one at a time. */
public interface LabelledPictures {

    /**
     * Returns the shape of a picture.
     *
     * @return {@code (C, H, W)}
     */
    Shape getSampleShape();

    /**
     * Returns the number of pictures.
     *
     * @return N, 1 or more
     */
    int getCount();

    /**
     * Returns the class of a picture.
     *
     * @param index which picture
     * @return the class, from 0
     */
    int getLabel(int index);

    /**
     * Copies a picture as it is.
     *
     * @param index which picture
     * @param target where its values go, in [-1, 1], channel by channel
     * @param to the place of the first value
     */
    void copy(int index, float[] target, int to);

    /**
     * Copies a picture for training, altered by chance if these pictures are.
     *
     * @param index which picture
     * @param chance what alterations are drawn from
     * @param target where its values go, in [-1, 1], channel by channel
     * @param to the place of the first value
     */
    default void draw(int index, RandomGenerator chance, float[] target, int to) {
        copy(index, target, to);
    }
}
