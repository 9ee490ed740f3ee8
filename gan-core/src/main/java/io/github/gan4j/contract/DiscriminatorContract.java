package io.github.gan4j.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Discriminator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The rules of a {@link Discriminator}. */
public abstract class DiscriminatorContract extends NetworkContract<Discriminator> {

    private static final float FAR = 30;

    /** Constructs the tests. */
    protected DiscriminatorContract() {}

    /**
     * Makes the discriminator, a new one in each call.
     *
     * @return a discriminator whose block is not yet initialised
     */
    protected abstract Discriminator newDiscriminator();

    /**
     * Tells whether penalties of gradients are to work with the discriminator.
     *
     * @return {@code true} unless overridden
     */
    protected boolean isTwiceDifferentiable() {
        return true;
    }

    @Override
    final Discriminator make() {
        return newDiscriminator();
    }

    @Override
    final NDList inputs(Discriminator made, NDArray first, NDList conditions) {
        return made.inputs(first, conditions);
    }

    @Override
    final NDArray output(Discriminator made, NDList outputs) {
        return made.scores(outputs);
    }

    @Override
    final Shape firstShape(Discriminator made) {
        return made.getSampleShape();
    }

    @Override
    final boolean takes(Discriminator made, int batchSize) {
        try {
            made.checkBatchSize(batchSize);
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    @Override
    final void check(NDArray scores, int count) {
        int rows = count / subject().getPacking();
        require(
                scores.getShape().dimension() > 0
                        && scores.getShape().get(0) == rows
                        && isFinite(scores),
                "a discriminator gives N samples N finite scores, or N maps of them",
                () -> "for %d it gave shape %s".formatted(count, scores.getShape()),
                "End with one unit or one channel; for packs override getPacking().");
    }

    /** Rule: scores are logits. */
    @Test
    public void should_give_scores_and_not_probabilities() {
        float[] scores = infer(first(manager(), 1, 32).mul(FAR));
        boolean within = true;
        for (float score : scores) {
            within &= score >= 0 && score <= 1;
        }
        require(
                !within,
                "scores are logits, of any size",
                () -> "all were in [0, 1], as probabilities are",
                "Leave out the sigmoid at the end: the loss knows what to make of logits.");
    }

    /** Rule: what says that it scores each sample by itself does. */
    @Test
    public void should_score_samples_by_themselves_if_it_says_so() {
        if (subject().isSampleWise()) {
            checkRows(true, "Return false from isSampleWise(), as with batch norm it has to be.");
        }
    }

    /** Rule: a generator learns by the gradients at its samples. */
    @Test
    public void should_pass_gradients_to_its_samples() {
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.on()) {
            NDArray samples = first(scope, 1, 4);
            samples.setRequiresGradient(true);
            NDArray scores = forward(samples, conditions(scope, 4, 0), true);
            NDArray gradient =
                    run(
                            "gradients reach the samples",
                            "Compute with operations of NDArray and blocks alone.",
                            () ->
                                    Autograd.gradients(
                                                    scope,
                                                    scores.square().sum(),
                                                    new NDList(samples))
                                            .get(0));
            NDArray perSample = gradient.reshape(4, -1).abs().max(new int[] {1});
            require(
                    isFinite(gradient) && perSample.min().getFloat() > 0,
                    "gradients reach every sample, and are finite",
                    () -> "the largest of each sample are " + brief(perSample.toFloatArray()),
                    "Let the score depend on all samples, through operations of NDArray.");
        }
    }

    /** Rule: the gradient at a sample can be differentiated by the weights, as penalties do. */
    @Test
    public void should_be_differentiable_twice() {
        if (!isTwiceDifferentiable()) {
            return;
        }
        NDList weights = trainableWeights();
        NDList gradients;
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.on()) {
            gradients =
                    run(
                            "a discriminator can be differentiated twice",
                            "Use blocks of io.github.gan4j.nn, or say so by overriding"
                                    + " isTwiceDifferentiable().",
                            () -> Autograd.gradients(manager(), squaredSlope(scope), weights));
        }
        DoubleSupplier function =
                () -> {
                    try (NDManager scope = manager().newSubManager();
                            GradMode recording = GradMode.on()) {
                        return squaredSlope(scope).toFloatArray()[0];
                    }
                };
        checkDifferences(
                new Differences(weights, gradients, function, 1).kinked(),
                "gradients of gradients are those of the value");
    }

    private NDArray squaredSlope(NDManager scope) {
        NDArray samples = first(scope, 1, 2);
        samples.setRequiresGradient(true);
        NDArray scores = forward(samples, conditions(scope, 2, 0), false);
        NDArray slope =
                Autograd.differentiableGradients(scope, scores.sum(), new NDList(samples)).get(0);
        return slope.square().sum();
    }
}
