package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.torch.TorchException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/** Checks of class labels, int64 {@code (N)}, from 0 up to the number of classes. */
final class Labels {

    private Labels() {}

    /** Checks shape and type, at no cost. */
    static void require(String layer, NDArray labels, long samples) {
        Shape shape = labels.getShape();
        SimpleLayer.require(
                shape.dimension() == 1 && shape.get(0) == samples,
                "%s needs one label for each of %d samples, not labels of shape %s."
                        .formatted(layer, samples, shape));
        String type = labels.getDataType().name().toLowerCase(Locale.ROOT);
        SimpleLayer.require(
                labels.getDataType() == DataType.INT64,
                "%s needs labels of type int64, not %s; convert them with toType."
                        .formatted(layer, type));
    }

    /** Computes, and if that fails looks whether a label out of range is the reason. */
    static NDArray explain(String layer, NDArray labels, long classes, Supplier<NDArray> call) {
        try {
            return call.get();
        } catch (TorchException e) {
            Arrays.stream(labels.toLongArray())
                    .filter(label -> label < 0 || label >= classes)
                    .forEach(
                            label -> {
                                throw new InvalidInputException(
                                        "%s knows the labels 0 to %d, and was given %d; set the"
                                                        .formatted(layer, classes - 1, label)
                                                + " number of classes to that of the data set.",
                                        e);
                            });
            throw e;
        }
    }
}
