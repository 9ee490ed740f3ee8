package io.github.gan4j.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import ai.djl.translate.TranslateException;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.data.TranslationDataset;
import io.github.gan4j.metric.Images;
import io.github.gan4j.run.NpyReader;
import io.github.gan4j.run.TrainedGenerator;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples to be measured, real or generated: pictures as 8-bit values, or points of the plane; and
 * the classes that they are said to be of, where that is known.
 */
public final class SampleSet {

    private static final int BATCH = 100;
    private static final Shape PLANE = new Shape(2);

    private final Images images;
    private final float[] points;
    private final int[] labels;

    private SampleSet(Images images, float[] points, int[] labels) {
        this.images = images;
        this.points = points;
        this.labels = labels;
    }

    /**
     * Starts a set that grows batch by batch.
     *
     * @param sample the shape of a sample, {@code (C, H, W)} or {@code (2)}
     * @return a builder
     * @throws InvalidInputException if such samples cannot be measured
     */
    public static Builder builder(Shape sample) {
        return new Builder(sample);
    }

    /**
     * Takes pictures.
     *
     * @param images the pictures
     * @param labels a class for each; {@code null} if that is not known
     * @return the set
     */
    public static SampleSet of(Images images, int[] labels) {
        return new SampleSet(images, null, labels);
    }

    /**
     * Takes points of the plane.
     *
     * @param points {@code (N, 2)} coordinates
     * @return the set
     */
    public static SampleSet of(float[] points) {
        return new SampleSet(null, points.clone(), null);
    }

    /**
     * Draws samples of a data set at random, each at most once: the first ones would not do, since
     * most sets come in some order.
     *
     * @param dataset the data set
     * @param count how many; of a smaller set all are taken
     * @param seed what the choice depends on
     * @return the set
     * @throws InvalidInputException if it holds neither pictures nor points, or cannot be read
     */
    public static SampleSet of(SampleDataset dataset, int count, long seed) {
        if (dataset instanceof TranslationDataset) {
            throw new InvalidInputException(
                    ("'%s' holds two domains; give the folder of one of them.")
                            .formatted(dataset.getName()));
        }
        Builder collector = builder(dataset.getSampleShape());
        int size = Math.toIntExact(dataset.size());
        int[] order =
                count >= size
                        ? IntStream.range(0, size).toArray()
                        : Arrays.copyOf(EpochSampler.permutation(seed, size), count);
        List<List<Long>> batches = new ArrayList<>();
        for (int from = 0; from < order.length; from += BATCH) {
            batches.add(
                    Arrays.stream(order, from, Math.min(order.length, from + BATCH))
                            .mapToObj(Long::valueOf)
                            .toList());
        }
        int[] labels = dataset.isLabelled() ? new int[order.length] : null;
        try (NDManager manager = Torch.newManager()) {
            int done = 0;
            for (Batch batch : dataset.getData(manager, new Listed(batches))) {
                NDArray samples = batch.getData().head();
                collector.add(samples);
                if (labels != null) {
                    long[] some =
                            batch.getLabels().head().toType(DataType.INT64, false).toLongArray();
                    for (long label : some) {
                        labels[done++] = (int) label;
                    }
                }
                batch.close();
            }
        } catch (IOException | TranslateException e) {
            throw new InvalidInputException(
                    "The data set '%s' cannot be read: %s."
                            .formatted(dataset.getName(), e.getMessage()),
                    e);
        }
        return collector.build(labels);
    }

    /**
     * Draws samples from a trained generator. One that takes labels is asked for each class in
     * turn, so that all are equally frequent.
     *
     * @param generator the generator
     * @param count how many
     * @param seed what the latents are drawn from
     * @return the set, with labels if the generator took them
     * @throws InvalidInputException if samples are neither pictures nor points, or not finite
     */
    public static SampleSet generate(TrainedGenerator generator, int count, long seed) {
        Builder collector = builder(generator.getSampleShape());
        generator.forEachBatch(count, seed, (first, samples) -> collector.add(samples));
        SampleSet drawn = collector.build(null);
        return generator.isConditional()
                ? drawn.withClassesInTurn(generator.getClassNames().size())
                : drawn;
    }

    /**
     * Reads a NumPy file.
     *
     * @param file pictures, uint8 {@code (N, H, W)} or {@code (N, H, W, C)}, or points, float32
     *     {@code (N, 2)}, as {@code gan4j generate} writes them
     * @return the set
     * @throws InvalidInputException if it holds something else
     */
    public static SampleSet read(Path file) {
        try (NpyReader reader = new NpyReader(file);
                NDManager manager = Torch.newManager()) {
            Shape shape = reader.getShape();
            int axes = shape.dimension();
            boolean points = reader.getDataType() == DataType.FLOAT32 && axes == 2;
            boolean pictures = reader.getDataType() == DataType.UINT8 && (axes == 3 || axes == 4);
            if (!points && !pictures || shape.size() == 0) {
                throw new InvalidInputException(
                        ("'%s' holds %s of shape %s; give pictures, uint8 (N, H, W) or (N, H, W,"
                                        + " 3), or points, float32 (N, 2).")
                                .formatted(file, reader.getDataType(), shape));
            }
            Shape one =
                    points
                            ? shape.slice(1)
                            : new Shape(axes == 4 ? shape.get(3) : 1, shape.get(1), shape.get(2));
            Builder collector = builder(one);
            for (long from = 0; from < shape.get(0); from += BATCH) {
                long to = Math.min(shape.get(0), from + BATCH);
                try (NDManager local = manager.newSubManager()) {
                    NDArray part = reader.read(local, from, to);
                    collector.add(points ? part : normalized(part, axes));
                }
            }
            return collector.build(null);
        } catch (IOException e) {
            throw new InvalidInputException("'" + file + "' cannot be read.", e);
        }
    }

    private static NDArray normalized(NDArray part, int axes) {
        NDArray channels = axes == 4 ? part.transpose(0, 3, 1, 2) : part.expandDims(1);
        return channels.toType(DataType.FLOAT32, false).div(127.5f).sub(1);
    }

    /**
     * Returns the number of samples.
     *
     * @return N
     */
    public int size() {
        return images == null ? points.length / 2 : images.getCount();
    }

    /**
     * Tells whether the samples are points of the plane, and no pictures.
     *
     * @return whether they are
     */
    public boolean isPoints() {
        return images == null;
    }

    /**
     * Returns the shape of a sample.
     *
     * @return {@code (C, H, W)} or {@code (2)}
     */
    public Shape getSampleShape() {
        return images == null
                ? PLANE
                : new Shape(images.getChannels(), images.getHeight(), images.getWidth());
    }

    /**
     * Returns the pictures.
     *
     * @return the pictures; {@code null} of points
     */
    public Images getImages() {
        return images;
    }

    /**
     * Returns the coordinates of points.
     *
     * @return {@code (N, 2)} coordinates; {@code null} of pictures
     */
    public float[] getPoints() {
        return points == null ? null : points.clone();
    }

    /**
     * Returns the classes.
     *
     * @return a class for each sample; {@code null} if that is not known
     */
    public int[] getLabels() {
        return labels == null ? null : labels.clone();
    }

    /**
     * Says what generated samples are of: each class in turn, as they are asked for.
     *
     * @param classes the number of classes
     * @return the same pictures with classes; points, of which none are kept, as they are
     */
    public SampleSet withClassesInTurn(int classes) {
        if (images == null) {
            return this;
        }
        int[] inTurn = new int[size()];
        Arrays.setAll(inTurn, i -> i % classes);
        return of(images, inTurn);
    }

    /**
     * Draws samples at random, each at most once.
     *
     * @param count how many; if there are no more, this set is returned as it is
     * @param seed what the choice depends on
     * @return a set of so many samples
     */
    public SampleSet draw(int count, long seed) {
        if (count >= size()) {
            return this;
        }
        int[] chosen = Arrays.copyOf(EpochSampler.permutation(seed, size()), count);
        if (images == null) {
            float[] some = new float[2 * count];
            for (int i = 0; i < count; i++) {
                System.arraycopy(points, 2 * chosen[i], some, 2 * i, 2);
            }
            return new SampleSet(null, some, null);
        }
        int[] someLabels =
                labels == null ? null : Arrays.stream(chosen).map(i -> labels[i]).toArray();
        return new SampleSet(images.select(chosen), null, someLabels);
    }

    /** Serves given samples. */
    private record Listed(List<List<Long>> batches) implements Sampler {

        @Override
        public Iterator<List<Long>> sample(RandomAccessDataset dataset) {
            return batches.iterator();
        }

        @Override
        public int getBatchSize() {
            return BATCH;
        }
    }

    /** Gathers samples batch by batch. */
    public static final class Builder {

        private final Images.Builder images;
        private final List<float[]> points = new ArrayList<>();

        private Builder(Shape sample) {
            boolean picture = sample.dimension() == 3 && (sample.get(0) == 1 || sample.get(0) == 3);
            if (!picture && !sample.equals(PLANE)) {
                throw new InvalidInputException(
                        ("Samples of shape %s cannot be measured, only pictures (1 or 3, H, W) and"
                                        + " points (2).")
                                .formatted(sample));
            }
            images =
                    picture
                            ? Images.builder(
                                    (int) sample.get(0), (int) sample.get(1), (int) sample.get(2))
                            : null;
        }

        /**
         * Appends samples.
         *
         * @param samples float {@code (N, C, H, W)} in [-1, 1], or points {@code (N, 2)}
         * @return this builder
         * @throws InvalidInputException if pictures have another shape, or are not finite
         */
        public Builder add(NDArray samples) {
            if (images == null) {
                points.add(samples.toFloatArray());
            } else {
                images.add(samples);
            }
            return this;
        }

        /**
         * Makes the set.
         *
         * @param labels a class for each sample; {@code null} if that is not known
         * @return the set
         * @throws InvalidInputException if there are no samples
         */
        public SampleSet build(int[] labels) {
            if (images != null) {
                return new SampleSet(images.build(), null, labels);
            }
            int length = points.stream().mapToInt(part -> part.length).sum();
            float[] all = new float[length];
            int at = 0;
            for (float[] part : points) {
                System.arraycopy(part, 0, all, at, part.length);
                at += part.length;
            }
            return new SampleSet(null, all, null);
        }
    }
}
