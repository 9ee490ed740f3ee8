package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Set;

/**
 * What is known of a set of samples. Row i of each part belongs to sample i.
 *
 * <p>What is derived from a part is computed once, when it is first asked for, and kept.
 */
public final class Evidence {

    /** A thing to know of samples. */
    public enum Part {
        /** What an extractor sees in them. */
        FEATURES("features; use an extractor"),

        /** Class probabilities. */
        PROBABILITIES("class probabilities; use an extractor that classifies"),

        /** The classes that a classifier finds them in. */
        CLASSES("predicted classes; use an extractor that classifies"),

        /** The pictures themselves. */
        IMAGES("pictures; give images"),

        /** The classes that they were asked or said to be of. */
        LABELS("labels; use a conditional model");

        private final String wanted;

        Part(String wanted) {
            this.wanted = wanted;
        }
    }

    private final Features features;
    private final Features probabilities;
    private final Images images;
    private final int[] labels;
    private int[] classes;
    private int classCount;
    private Gaussian gaussian;
    private Features unitFeatures;

    private Evidence(Builder builder) {
        features = builder.features;
        probabilities = builder.probabilities;
        images = builder.images;
        labels = builder.labels;
        classes = builder.classes;
        classCount = builder.classCount;
        gaussian = builder.gaussian;
        if (classes == null && probabilities != null) {
            classes = probabilities.argMax();
            classCount = probabilities.getSize();
        }
        requireOneCount();
    }

    /**
     * Starts with nothing known.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes evidence of features alone.
     *
     * @param features (N, D)
     * @return the evidence
     */
    public static Evidence of(Features features) {
        return builder().optFeatures(features).build();
    }

    /**
     * Tells whether a part is known.
     *
     * @param part the part
     * @return whether it is
     */
    public boolean has(Part part) {
        return switch (part) {
            case FEATURES -> features != null;
            case PROBABILITIES -> probabilities != null;
            case CLASSES -> classes != null;
            case IMAGES -> images != null;
            case LABELS -> labels != null;
        };
    }

    /**
     * Tells whether all of some parts are known.
     *
     * @param parts the parts
     * @return whether they are
     */
    public boolean has(Set<Part> parts) {
        return parts.stream().allMatch(this::has);
    }

    /**
     * Returns the features.
     *
     * @return (N, D)
     * @throws InvalidInputException if they are not known
     */
    public Features getFeatures() {
        require(Part.FEATURES);
        return features;
    }

    /**
     * Returns the features scaled to unit length.
     *
     * @return (N, D)
     * @throws InvalidInputException if features are not known
     */
    public synchronized Features getUnitFeatures() {
        if (unitFeatures == null) {
            unitFeatures = getFeatures().normalized();
        }
        return unitFeatures;
    }

    /**
     * Returns the mean and covariance of the features.
     *
     * @return the statistics
     * @throws InvalidInputException if features are not known, or there is but one sample
     */
    public synchronized Gaussian getGaussian() {
        if (gaussian == null) {
            gaussian = Gaussian.of(getFeatures());
        }
        return gaussian;
    }

    /**
     * Returns the class probabilities.
     *
     * @return (N, K)
     * @throws InvalidInputException if they are not known
     */
    public Features getProbabilities() {
        require(Part.PROBABILITIES);
        return probabilities;
    }

    /**
     * Returns the predicted classes: those given, or else the most probable ones.
     *
     * @return a copy of N classes, 0 .. K - 1
     * @throws InvalidInputException if they are not known
     */
    public int[] getClasses() {
        require(Part.CLASSES);
        return classes.clone();
    }

    /**
     * Returns the number of classes that a classifier tells apart.
     *
     * @return K
     * @throws InvalidInputException if it is not known
     */
    public int getClassCount() {
        require(Part.CLASSES);
        return classCount;
    }

    /**
     * Returns the pictures.
     *
     * @return N pictures
     * @throws InvalidInputException if they are not known
     */
    public Images getImages() {
        require(Part.IMAGES);
        return images;
    }

    /**
     * Returns the classes that the samples were asked or said to be of.
     *
     * @return a copy of N classes
     * @throws InvalidInputException if they are not known
     */
    public int[] getLabels() {
        require(Part.LABELS);
        return labels.clone();
    }

    private void require(Part part) {
        if (!has(part)) {
            throw new InvalidInputException("The measure needs " + part.wanted + ".");
        }
    }

    private void requireOneCount() {
        int[] counts = {
            features == null ? -1 : features.getCount(),
            probabilities == null ? -1 : probabilities.getCount(),
            images == null ? -1 : images.getCount(),
            labels == null ? -1 : labels.length,
            classes == null ? -1 : classes.length
        };
        int known = -1;
        for (int count : counts) {
            if (count >= 0 && known >= 0 && count != known) {
                throw new InvalidInputException(
                        ("Parts of the evidence speak of %d and of %d samples;"
                                        + " give all of the same samples.")
                                .formatted(known, count));
            }
            known = count >= 0 ? count : known;
        }
    }

    /** Gathers what is known. */
    public static final class Builder {

        private Features features;
        private Features probabilities;
        private Images images;
        private int[] labels;
        private int[] classes;
        private int classCount;
        private Gaussian gaussian;

        private Builder() {}

        /**
         * Sets the features.
         *
         * @param features (N, D)
         * @return this builder
         */
        public Builder optFeatures(Features features) {
            this.features = features;
            return this;
        }

        /**
         * Sets the mean and covariance of the features, where they were computed before.
         *
         * @param gaussian the statistics
         * @return this builder
         */
        public Builder optGaussian(Gaussian gaussian) {
            this.gaussian = gaussian;
            return this;
        }

        /**
         * Sets the class probabilities.
         *
         * @param probabilities (N, K)
         * @return this builder
         */
        public Builder optProbabilities(Features probabilities) {
            this.probabilities = probabilities;
            return this;
        }

        /**
         * Sets the predicted classes, where they are not the most probable ones: of stacked digits,
         * for instance, see {@link ClassCoverage#stack}.
         *
         * @param classes N classes, 0 .. count - 1
         * @param count the number K of classes
         * @return this builder
         */
        public Builder optClasses(int[] classes, int count) {
            this.classes = classes.clone();
            classCount = count;
            return this;
        }

        /**
         * Sets the pictures.
         *
         * @param images N pictures
         * @return this builder
         */
        public Builder optImages(Images images) {
            this.images = images;
            return this;
        }

        /**
         * Sets the classes that the samples were asked or said to be of.
         *
         * @param labels N classes
         * @return this builder
         */
        public Builder optLabels(int... labels) {
            this.labels = labels.clone();
            return this;
        }

        /**
         * Makes the evidence.
         *
         * @return the evidence
         * @throws InvalidInputException if parts speak of different numbers of samples
         */
        public Evidence build() {
            return new Evidence(this);
        }
    }
}
