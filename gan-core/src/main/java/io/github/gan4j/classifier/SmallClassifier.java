package io.github.gan4j.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;
import io.github.gan4j.Weights;
import io.github.gan4j.nn.BatchNorm;
import io.github.gan4j.nn.Conv;
import io.github.gan4j.nn.Linear;
import io.github.gan4j.nn.Rectifier;
import io.github.gan4j.nn.Sequential;
import io.github.gan4j.nn.TorchLambda;
import io.github.gan4j.run.Safetensors;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A compact convolutional classifier of small pictures: four convolutions with batch norm, two of
 * them with stride 2, the mean of each channel over the picture, and one fully connected layer.
 * Those means are the {@value #FEATURES} features.
 */
public final class SmallClassifier {

    /** The number of features. */
    public static final int FEATURES = 128;

    private final Block body;
    private final Block head;
    private final int classes;
    private final Weights weights;

    /**
     * Constructs a classifier with random weights.
     *
     * @param manager the manager that owns the weights
     * @param sample the shape of a picture, {@code (C, H, W)}
     * @param classes the number of classes
     */
    public SmallClassifier(NDManager manager, Shape sample, int classes) {
        this.classes = classes;
        body =
                new Sequential()
                        .add(conv(32, 5, 2))
                        .add(norm())
                        .add(conv(32, 3, 1))
                        .add(norm())
                        .add(conv(64, 3, 2))
                        .add(norm())
                        .add(conv(FEATURES, 3, 1))
                        .add(norm())
                        .add(
                                new TorchLambda(
                                        "mean",
                                        "torch.mean(torch.flatten(x, 2), [2])",
                                        input -> input.slice(0, 2)));
        head = new Linear(classes);
        // He et al. 2015 for the middle layers; batch norm makes up for the rest.
        body.setInitializer(new NormalInitializer(0.06f), Parameter.Type.WEIGHT);
        head.setInitializer(new NormalInitializer(0.06f), Parameter.Type.WEIGHT);
        body.initialize(manager, DataType.FLOAT32, new Shape(2).addAll(sample));
        head.initialize(manager, DataType.FLOAT32, new Shape(2, FEATURES));
        weights = new Weights(manager);
    }

    private static Block conv(int filters, int kernel, int stride) {
        return Conv.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optBias(false)
                .build();
    }

    private static Block norm() {
        return BatchNorm.builder().optActivation(Rectifier.relu()).build();
    }

    /**
     * Returns the number of classes.
     *
     * @return K
     */
    public int getClassCount() {
        return classes;
    }

    /**
     * Computes features and logits.
     *
     * @param images pictures {@code (N, C, H, W)} in [-1, 1]
     * @param training whether batch norm takes the statistics of the batch
     * @return features {@code (N, 128)}, 0 or more, and logits {@code (N, K)}
     */
    public NDList forward(NDArray images, boolean training) {
        NDArray features = body.forward(weights, new NDList(images), training).head();
        NDArray logits = head.forward(weights, new NDList(features), training).head();
        return new NDList(features, logits);
    }

    /**
     * Returns the parameters that are trained.
     *
     * @return arrays
     */
    public NDList getTrainable() {
        NDList result = new NDList();
        getParameters()
                .forEach(
                        (name, parameter) -> {
                            if (parameter.requiresGradient()) {
                                result.add(parameter.getArray());
                            }
                        });
        return result;
    }

    /**
     * Returns all arrays, running statistics included.
     *
     * @return arrays by name
     */
    public Map<String, NDArray> getArrays() {
        Map<String, NDArray> result = new LinkedHashMap<>();
        getParameters().forEach((name, parameter) -> result.put(name, parameter.getArray()));
        return result;
    }

    /**
     * Takes the arrays of a file.
     *
     * @param file holds what {@link #getArrays} returned
     * @throws io.github.gan4j.InvalidInputException if an array is missing or of another shape
     */
    public void load(Safetensors file) {
        getArrays().forEach(file::copyTo);
    }

    private Map<String, Parameter> getParameters() {
        Map<String, Parameter> result = new LinkedHashMap<>();
        body.getParameters().forEach(p -> result.put("body/" + p.getKey(), p.getValue()));
        head.getParameters().forEach(p -> result.put("head/" + p.getKey(), p.getValue()));
        return result;
    }
}
