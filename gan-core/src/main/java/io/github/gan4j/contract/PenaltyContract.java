package io.github.gan4j.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.github.gan4j.Critic;
import io.github.gan4j.Memory;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.Torch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The rules of a {@link Penalty}. It is tried on small smooth critics of its own, one that gives a
 * score to each sample and one that gives a map of them.
 */
public abstract class PenaltyContract extends Contract {

    private static final int BATCH = 3;
    private static final int HIDDEN = 4;
    private static final int SETTLING = 100;

    private Penalty penalty;

    /** Constructs the tests. */
    protected PenaltyContract() {}

    /**
     * Makes the penalty.
     *
     * @return the penalty to be tested, of a weight above 0
     */
    protected abstract Penalty newPenalty();

    /**
     * Returns the shape of the samples that the penalty is tried on.
     *
     * @return {@code (2, 6, 6)} unless overridden
     */
    protected Shape getSampleShape() {
        return new Shape(2, 6, 6);
    }

    @Override
    final Penalty subject() {
        if (penalty == null) {
            penalty = newPenalty();
        }
        return penalty;
    }

    /** A perceptron, whose gradients by the samples are of a length around 3. */
    private final class SmallCritic implements Critic {

        private final NDList weights = new NDList();
        private final boolean map;
        private final Memory memory;
        private boolean remembered;
        private boolean frozen;

        SmallCritic(NDManager manager, boolean map) {
            this.map = map;
            memory = new Memory(manager.newSubManager());
            long inputs = getSampleShape().size();
            NDArray first = normal(manager, 50, new Shape(inputs, HIDDEN));
            weights.add(Operators.scale(first, (float) (2 / Math.sqrt(inputs))));
            weights.add(normal(manager, 51, new Shape(HIDDEN, 4)));
            weights.forEach(weight -> weight.setRequiresGradient(true));
        }

        @Override
        public NDArray score(NDArray samples) {
            NDArray flat = samples.reshape(samples.getShape().get(0), -1);
            NDArray maps = Activation.tanh(flat.matMul(weights.get(0))).matMul(weights.get(1));
            return map ? maps.reshape(-1, 1, 2, 2) : maps.sum(new int[] {1}, true);
        }

        @Override
        public Memory getMemory() {
            remembered = true;
            return frozen ? memory.readOnly() : memory;
        }

        /**
         * Fills the memory and holds it, for what is remembered is a constant to the gradient, but
         * would not be one to differences.
         */
        void settle() {
            for (int i = 0; i < (remembered ? SETTLING : 0); i++) {
                value(this, 1);
            }
            frozen = true;
        }
    }

    private NDArray samples(NDManager scope, long draw, int count) {
        return normal(scope, draw, new Shape(count).addAll(getSampleShape())).tanh();
    }

    private NDArray evaluate(NDManager scope, SmallCritic critic, long draw, int count) {
        NDArray real = samples(scope, draw, count);
        NDArray fake = samples(scope, draw + 1, count);
        Torch.seed(SEED); // a penalty may draw points
        return run(
                "a penalty takes samples (N, ...) and whatever scores the critic gives",
                "Look at the shapes of what it computes.",
                () -> subject().evaluate(critic, real, fake));
    }

    private double value(SmallCritic critic, long draw) {
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.on()) {
            return evaluate(scope, critic, draw, BATCH).toFloatArray()[0];
        }
    }

    private boolean isTerm() {
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.on()) {
            return evaluate(scope, new SmallCritic(scope, false), 1, BATCH) != null;
        }
    }

    /** Rule: a penalty is a term, or a constraint, or both. */
    @Test
    public void should_do_something() {
        require(
                isTerm() || subject().isConstraint(),
                "a penalty is a term or a constraint",
                () -> "evaluate returned null, and isConstraint() false",
                "Return a scalar from evaluate, or override constrain and isConstraint.");
    }

    /** Rule: the term is a finite scalar, also for a batch of one. */
    @Test
    public void should_be_a_scalar_for_batches_of_any_size() {
        if (!isTerm()) {
            return;
        }
        for (int count : new int[] {1, 2, 5}) {
            for (boolean map : new boolean[] {false, true}) {
                try (GradMode recording = GradMode.on()) {
                    NDArray value = evaluate(manager(), new SmallCritic(manager(), map), 1, count);
                    require(
                            isScalar(value) && isFinite(value),
                            "a penalty is a finite scalar",
                            () ->
                                    "for a batch of %d it is %s of shape %s"
                                            .formatted(
                                                    count,
                                                    brief(value.toFloatArray()),
                                                    value.getShape()),
                            "Take the mean() over the batch, and nothing that divides by N - 1.");
                }
            }
        }
    }

    /** Rule: the critic's weights receive the gradient of the value. */
    @Test
    public void should_reach_the_weights_with_gradients_that_agree_with_finite_differences() {
        if (!isTerm()) {
            return;
        }
        for (boolean map : new boolean[] {false, true}) {
            SmallCritic critic = new SmallCritic(manager(), map);
            value(critic, 1);
            critic.settle();
            NDList gradients;
            try (NDManager scope = manager().newSubManager();
                    GradMode recording = GradMode.on()) {
                gradients =
                        run(
                                "a penalty reaches the critic's weights",
                                "Compute gradients of scores with"
                                        + " Autograd.differentiableGradients, and the rest with"
                                        + " operations of NDArray alone.",
                                () ->
                                        Autograd.gradients(
                                                manager(),
                                                evaluate(scope, critic, 1, BATCH),
                                                critic.weights));
            }
            require(
                    gradients.stream().allMatch(g -> g.abs().max().getFloat() > 0),
                    "a penalty reaches the critic's weights",
                    () -> "the gradient by some of them is zero",
                    "Compute gradients of scores with Autograd.differentiableGradients, not"
                            + " Autograd.gradients.");
            String problem =
                    new Differences(critic.weights, gradients, () -> value(critic, 1), 6).problem();
            if (problem != null) {
                throw broken(
                        "the gradient of a penalty is that of its value, gradients of gradients"
                                + " included",
                        "by a weight of the critic " + problem,
                        "Leave no part of the computation out of the graph: no stopGradient(), no"
                                + " number read into Java.");
            }
        }
    }

    /** Rule: what is remembered is remembered by the critic's memory, and no sample is changed. */
    @Test
    public void should_give_the_same_result_for_the_same_samples() {
        if (!isTerm()) {
            return;
        }
        SmallCritic critic = new SmallCritic(manager(), false);
        double first = value(critic, 1);
        value(critic, 20);
        critic.memory.clear();
        double again = value(critic, 1);
        require(
                first == again,
                "a penalty is a pure function of critic, samples and memory",
                () -> "it was %s, and after a call with others %s".formatted(first, again),
                "Remember what must be remembered with critic.getMemory().put(..), not in a"
                        + " field.");
        try (GradMode recording = GradMode.on()) {
            NDArray real = samples(manager(), 1, BATCH);
            NDArray fake = samples(manager(), 2, BATCH);
            float[][] copies = {real.toFloatArray(), fake.toFloatArray()};
            subject().evaluate(critic, real, fake);
            require(
                    Arrays.equals(real.toFloatArray(), copies[0])
                            && Arrays.equals(fake.toFloatArray(), copies[1])
                            && !real.hasGradient()
                            && !fake.hasGradient(),
                    "a penalty leaves the samples alone",
                    () -> "it changed them, or made them require gradients",
                    "Work on real.stopGradient().");
        }
    }

    /** Rule: all that is computed can be freed with the samples. */
    @Test
    public void should_leave_no_arrays_behind() {
        if (!isTerm()) {
            return;
        }
        SmallCritic critic = new SmallCritic(manager(), false);
        value(critic, 1);
        int before = manager().getManagedArrays().size();
        value(critic, 1);
        int after = manager().getManagedArrays().size();
        require(
                after == before,
                "a penalty leaves no arrays behind",
                () -> "it left " + (after - before),
                "Make arrays with the manager of the samples: real.getManager().");
    }

    /** Rule: a constraint can be met, and only a constraint changes weights. */
    @Test
    public void should_constrain_weights_only_if_it_says_so() {
        NDList weights =
                new NDList(
                        Operators.scale(normal(manager(), 1, new Shape(4, 3)), 10),
                        Operators.scale(normal(manager(), 2, new Shape(3)), 10));
        float[] before = weights.get(0).toFloatArray();
        weights.forEach(weight -> weight.setRequiresGradient(true));
        constrain(weights);
        float[] once = weights.get(0).toFloatArray();
        constrain(weights);
        require(
                subject().isConstraint() != Arrays.equals(before, once),
                "isConstraint() tells whether constrain(..) does anything",
                () -> "it says %s".formatted(subject().isConstraint()),
                "Override both, or none.");
        require(
                isClose(weights.get(0).toFloatArray(), once, 1e-3f)
                        && isFinite(weights.get(0))
                        && weights.get(0).hasGradient(),
                "weights that meet a constraint are left alone by it",
                () ->
                        "a second call changed %s to %s"
                                .formatted(brief(once), brief(weights.get(0).toFloatArray())),
                "Project onto the constraint, in place.");
    }

    private void constrain(NDList weights) {
        try (GradMode recording = GradMode.off()) {
            subject().constrain(weights);
        }
    }

    /** Rule: an interval counts updates. */
    @Test
    public void should_be_applied_every_so_many_updates() {
        require(
                subject().getInterval() >= 1,
                "an interval is 1 or more",
                () -> "getInterval() returned " + subject().getInterval(),
                "Return 1 for every update, and refuse less in the constructor.");
    }

    /** Rule: the name can be written on the command line, and the options be read again. */
    @Test
    public void should_be_known_by_its_name() {
        checkName(Penalty.class, subject());
    }
}
