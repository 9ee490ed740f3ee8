package io.github.gan4j.latent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.Latents;
import io.github.gan4j.run.TrainedGenerator;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A direction among the latents along which an attribute of the samples grows, in the manner of
 * Shen et al. 2020 (InterFaceGAN), with a linear regression in place of their support vector
 * machine. The components \(z_k\) of latents are independent, so the slope of the attribute \(a\)
 * along each is \(\mathrm{Cov}(a, z_k) / \mathrm{Var}(z_k)\). Where the generator takes labels,
 * attributes are counted from the mean of their class: the direction is what they have in common
 * within classes.
 *
 * <p>A walk moves latents along the direction only, to places from -2 to 2 standard deviations, and
 * leaves them otherwise as they are.
 */
public final class AttributeDirection implements LatentWalk {

    private static final double REACH = 2;

    private final Attribute attribute;
    private final double[] unit;
    private final double reach;
    private final double explained;
    private final double deviation;

    private AttributeDirection(
            Attribute attribute, double[] unit, double reach, double explained, double deviation) {
        this.attribute = attribute;
        this.unit = unit;
        this.reach = reach;
        this.explained = explained;
        this.deviation = deviation;
    }

    /**
     * Finds the directions of attributes, from samples drawn at random.
     *
     * @param generator the generator
     * @param attributes the attributes
     * @param samples how many samples are drawn: half of them to find the directions, the others to
     *     tell how much these explain
     * @param seed what they are drawn from
     * @return a direction for each attribute
     */
    public static List<AttributeDirection> find(
            TrainedGenerator generator, List<Attribute> attributes, int samples, long seed) {
        int half = Math.max(2, samples / 2);
        List<double[]> scores = new ArrayList<>();
        attributes.forEach(attribute -> scores.add(new double[2 * half]));
        generator.forEachBatch(
                2 * half,
                seed,
                (first, made) -> {
                    for (int i = 0; i < attributes.size(); i++) {
                        double[] values = attributes.get(i).of(made);
                        System.arraycopy(values, 0, scores.get(i), first, values.length);
                    }
                });
        float[] latents;
        try (NDManager manager = Torch.newManager()) {
            latents = generator.drawLatents(manager, 2 * half, seed).toFloatArray();
        }
        int classes = generator.isConditional() ? generator.getClassNames().size() : 1;
        int size = latents.length / (2 * half);
        boolean[] fixed = new boolean[size];
        for (Latents.Code code : generator.getCodes()) {
            if (code.size() > 1) {
                Arrays.fill(fixed, code.first(), code.first() + code.size(), true);
            }
        }
        List<AttributeDirection> found = new ArrayList<>();
        for (int i = 0; i < attributes.size(); i++) {
            found.add(fit(attributes.get(i), latents, scores.get(i), classes, fixed));
        }
        return found;
    }

    /**
     * Fits a direction.
     *
     * @param attribute what it is the direction of
     * @param latents {@code (2 n, K)}
     * @param scores the attribute of 2 n samples, whose classes go round; they are centred
     * @param classes the number of classes
     * @param fixed of K components, which of them the direction has no part in
     */
    static AttributeDirection fit(
            Attribute attribute, float[] latents, double[] scores, int classes, boolean[] fixed) {
        int half = scores.length / 2;
        double deviation = deviation(scores);
        center(scores, 0, half, classes);
        center(scores, half, 2 * half, classes);
        double[] slopes = slopes(latents, scores, half, fixed);
        double[] unit = normalized(slopes);
        double reach = REACH * deviation(project(latents, unit, 0, 2 * half));
        double explained = explained(latents, scores, half, slopes);
        return new AttributeDirection(attribute, unit, reach, explained, deviation);
    }

    /** Subtracts from each value the mean of its class; classes go round. */
    private static void center(double[] values, int from, int to, int classes) {
        double[] sums = new double[classes];
        int[] counts = new int[classes];
        for (int i = from; i < to; i++) {
            sums[i % classes] += values[i];
            counts[i % classes]++;
        }
        for (int i = from; i < to; i++) {
            values[i] -= sums[i % classes] / counts[i % classes];
        }
    }

    private static double[] slopes(float[] latents, double[] scores, int count, boolean[] fixed) {
        int size = fixed.length;
        double[] slopes = new double[size];
        for (int k = 0; k < size; k++) {
            double sum = 0;
            double squares = 0;
            double products = 0;
            for (int i = 0; i < count; i++) {
                double z = latents[i * size + k];
                sum += z;
                squares += z * z;
                products += z * scores[i];
            }
            double variance = squares - sum * sum / count;
            slopes[k] = fixed[k] || variance <= 0 ? 0 : products / variance;
        }
        return slopes;
    }

    /** The share of the variance of the second half that the slopes of the first foretell. */
    private static double explained(float[] latents, double[] scores, int half, double[] slopes) {
        double[] foretold = project(latents, slopes, half, 2 * half);
        double mean = Arrays.stream(foretold).average().orElseThrow();
        double all = 0;
        double left = 0;
        for (int i = 0; i < half; i++) {
            double score = scores[half + i];
            double rest = score - (foretold[i] - mean);
            all += score * score;
            left += rest * rest;
        }
        return all == 0 ? 0 : 1 - left / all;
    }

    private static double[] project(float[] latents, double[] vector, int from, int to) {
        double[] products = new double[to - from];
        for (int i = from; i < to; i++) {
            for (int k = 0; k < vector.length; k++) {
                products[i - from] += vector[k] * latents[i * vector.length + k];
            }
        }
        return products;
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / values.length);
    }

    private static double[] normalized(double[] slopes) {
        double norm = Math.sqrt(Arrays.stream(slopes).map(slope -> slope * slope).sum());
        return norm == 0 ? slopes : Arrays.stream(slopes).map(slope -> slope / norm).toArray();
    }

    @Override
    public String getName() {
        return attribute.getName();
    }

    /**
     * Returns what grows along the direction.
     *
     * @return the attribute
     */
    public Attribute getAttribute() {
        return attribute;
    }

    /**
     * Returns how much of the attribute lies along the direction.
     *
     * @return the share of the variance of the attribute, of samples that the direction was not
     *     found from, that a linear function of the latents foretells: at most 1, and 0 or a little
     *     less if there is none
     */
    public double getExplained() {
        return explained;
    }

    /**
     * Returns how much the attribute varies among samples.
     *
     * @return its standard deviation
     */
    public double getDeviation() {
        return deviation;
    }

    /**
     * Returns the direction.
     *
     * @return a component for each of the latent, of length 1; all 0 if the attribute never changes
     */
    public double[] getUnit() {
        return unit.clone();
    }

    @Override
    public NDArray move(NDArray latents, double way) {
        float[] values = latents.toFloatArray();
        double target = reach * (2 * way - 1);
        double[] now = project(values, unit, 0, values.length / unit.length);
        for (int i = 0; i < values.length; i++) {
            int k = i % unit.length;
            values[i] += (float) ((target - now[i / unit.length]) * unit[k]);
        }
        return latents.getManager().create(values, latents.getShape());
    }
}
