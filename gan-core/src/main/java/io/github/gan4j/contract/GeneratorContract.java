package io.github.gan4j.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Generator;
import org.junit.jupiter.api.Test;

/** The rules of a {@link Generator}. */
public abstract class GeneratorContract extends NetworkContract<Generator> {

    private static final float FAR = 30;

    /** Constructs the tests. */
    protected GeneratorContract() {}

    /**
     * Makes the generator, a new one in each call.
     *
     * @return a generator whose block is not yet initialised
     */
    protected abstract Generator newGenerator();

    /**
     * Returns the shape of a sample.
     *
     * @return for instance {@code (1, 28, 28)}
     */
    protected abstract Shape getSampleShape();

    @Override
    final Generator make() {
        return newGenerator();
    }

    @Override
    final NDList inputs(Generator made, NDArray first, NDList conditions) {
        return made.inputs(first, conditions);
    }

    @Override
    final NDArray output(Generator made, NDList outputs) {
        return made.samples(outputs);
    }

    @Override
    final Shape firstShape(Generator made) {
        return made.getLatentShape();
    }

    @Override
    final void check(NDArray samples, int count) {
        Shape expected = new Shape(count).addAll(getSampleShape());
        require(
                samples.getShape().equals(expected) && isFinite(samples),
                "a generator turns N latents into N finite samples",
                () -> "for %d it gave shape %s".formatted(count, samples.getShape()),
                "Samples are %s each; reshape the last output.".formatted(getSampleShape()));
    }

    /** Rule: pictures are in [-1, 1], as those of the data are. */
    @Test
    public void should_make_pictures_within_their_range() {
        if (getSampleShape().dimension() != 3) {
            return;
        }
        float[] values = infer(first(manager(), 1, 4).mul(FAR));
        for (float value : values) {
            require(
                    Math.abs(value) <= 1.001f,
                    "pictures are in [-1, 1]",
                    () -> "far latents gave " + value,
                    "End with Activation.tanhBlock().");
        }
    }

    /** Rule: outside training a sample depends on its latent alone. */
    @Test
    public void should_draw_the_same_sample_in_any_batch() {
        checkRows(false, "Outside training use running statistics, not those of the batch.");
    }
}
