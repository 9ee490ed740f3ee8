package io.github.gan4j.datasets.extractor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.classifier.SmallClassifier;
import io.github.gan4j.metric.ContentHash;
import io.github.gan4j.metric.FeatureExtractor;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Features and class probabilities of a {@link SmallClassifier} that comes with the jar.
 *
 * <p>It sees pictures as {@link io.github.gan4j.datasets.SmallImages} lays them out: of 32 x 32 the
 * border is cut off, and nothing is resampled, for to scale 28 pixels to 32 and back costs a FID of
 * 6; of 64 x 64 the border is cut off and each square of 2 x 2 averaged. Colour pictures are made
 * grey, or each channel is taken for a picture of its own.
 */
final class ClassifierExtractor implements FeatureExtractor {

    private static final int SIDE = 28;
    private static final int CLASSES = 10;

    private final String name;
    private final boolean stacked;
    private final int factor;
    private final int border;
    private final NDManager manager;
    private final SmallClassifier classifier;
    private final String fingerprint;

    /**
     * Loads a classifier.
     *
     * @param name the name with its version
     * @param resource the weights
     * @param stacked whether each of three channels is a picture of its own
     * @param sample the shape of a picture, {@code (C, H, W)}
     * @param device where it computes
     */
    ClassifierExtractor(
            String name, String resource, boolean stacked, Shape sample, Device device) {
        int side = side(name, stacked, sample);
        this.stacked = stacked;
        factor = side / SIDE;
        border = (side - factor * SIDE) / 2;
        // Enlarged pictures come back softer: another protocol.
        this.name = factor == 1 ? name : name + "-x" + factor;
        manager = Torch.newManager(device);
        manager.setName("extractor " + name);
        try (GradMode recording = GradMode.off()) {
            classifier = new SmallClassifier(manager, new Shape(1, SIDE, SIDE), CLASSES);
            classifier.load(read(resource));
            ContentHash hash = new ContentHash().add(this.name);
            classifier.getArrays().forEach((key, array) -> hash.add(key).add(array));
            fingerprint = hash.toHex();
        }
    }

    private static int side(String name, boolean stacked, Shape sample) {
        boolean picture =
                sample.dimension() == 3
                        && sample.get(1) == sample.get(2)
                        && sample.get(1) >= SIDE
                        && (sample.get(0) == 3 || sample.get(0) == 1 && !stacked);
        if (!picture) {
            throw new InvalidInputException(
                    "The extractor %s takes square pictures of %d pixels or more in %s, not %s."
                            .formatted(name, SIDE, stacked ? "3 channels" : "1 or 3", sample));
        }
        return (int) sample.get(1);
    }

    private static Safetensors read(String resource) {
        try (InputStream in = ClassifierExtractor.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("The jar lacks the resource extractor/" + resource);
            }
            return Safetensors.read(in, resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getFingerprint() {
        return fingerprint;
    }

    @Override
    public NDList extract(NDArray images) {
        try (GradMode recording = GradMode.off()) {
            long count = images.getShape().get(0);
            NDArray grey = grey(images.toDevice(manager.getDevice(), false));
            NDList outputs = classifier.forward(seen(grey), false);
            NDArray features = outputs.get(0);
            NDArray probabilities = outputs.get(1).softmax(1);
            if (!stacked) {
                return new NDList(features, probabilities);
            }
            return new NDList(
                    features.reshape(count, 3L * SmallClassifier.FEATURES),
                    product(probabilities.reshape(count, 3, CLASSES)));
        }
    }

    private NDArray grey(NDArray images) {
        Shape shape = images.getShape();
        if (stacked) {
            return images.reshape(shape.get(0) * 3, 1, shape.get(2), shape.get(3));
        }
        return shape.get(1) == 1 ? images : images.mean(new int[] {1}, true);
    }

    /** What is left without the border, at the size of the classifier. */
    private NDArray seen(NDArray grey) {
        NDArray inner = grey;
        if (border > 0 || grey.getShape().get(2) != (long) factor * SIDE) {
            String cut = border + ":" + (border + factor * SIDE);
            inner = grey.get(":, :, " + cut + ", " + cut);
        }
        return factor == 1
                ? inner
                : inner.reshape(-1, 1, SIDE, factor, SIDE, factor)
                        .mean(new int[] {5})
                        .mean(new int[] {3});
    }

    /** The probabilities of all triples of digits, the first digit the most significant. */
    private static NDArray product(NDArray digits) {
        NDArray first = digits.get(":, 0").reshape(-1, CLASSES, 1, 1);
        NDArray second = digits.get(":, 1").reshape(-1, 1, CLASSES, 1);
        NDArray third = digits.get(":, 2").reshape(-1, 1, 1, CLASSES);
        return first.mul(second).mul(third).reshape(-1, CLASSES * CLASSES * CLASSES);
    }

    @Override
    public void close() {
        manager.close();
    }
}
