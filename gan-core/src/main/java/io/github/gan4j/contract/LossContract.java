package io.github.gan4j.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Loss;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** The rules of a {@link Loss}. */
public abstract class LossContract extends Contract {

    private static final List<Shape> SHAPES =
            List.of(new Shape(4, 1), new Shape(6), new Shape(2, 1, 3, 3));
    private static final Shape MANY = new Shape(200, 1);
    private static final float STEP = 1e-2f;
    private static final float LARGE = 100;

    private Loss loss;

    /** Constructs the tests. */
    protected LossContract() {}

    /**
     * Makes the loss.
     *
     * @return the loss to be tested
     */
    protected abstract Loss newLoss();

    @Override
    final Loss subject() {
        if (loss == null) {
            loss = newLoss();
        }
        return loss;
    }

    /** One player's side of the loss, as a function of the scores of real and generated samples. */
    private record Side(String method, BinaryOperator<NDArray> loss) {

        NDArray of(NDArray real, NDArray fake) {
            Torch.seed(SEED); // a loss may draw numbers
            return loss.apply(real, fake);
        }
    }

    private List<Side> sides() {
        Loss tested = subject();
        return List.of(
                new Side("discriminatorLoss", tested::discriminatorLoss),
                new Side(
                        "generatorLoss",
                        (real, fake) ->
                                tested.generatorLoss(tested.comparesScores() ? real : null, fake)));
    }

    private static NDArray[] scores(NDManager scope, long draw, Shape shape) {
        return new NDArray[] {normal(scope, draw, shape), normal(scope, draw + 100, shape)};
    }

    private NDArray call(Side side, NDArray... scores) {
        return run(
                "a loss takes scores of any shape, and looks at those of real samples in the"
                        + " generator's turn only if it comparesScores()",
                "Compute with operations that fit any shape, such as mean(); override"
                        + " comparesScores() if generatorLoss reads its first argument.",
                () -> side.of(scores[0], scores[1]));
    }

    private float value(Side side, float[] real, float[] fake, Shape shape) {
        try (NDManager scope = manager().newSubManager()) {
            NDArray value = call(side, scope.create(real, shape), scope.create(fake, shape));
            return value.toFloatArray()[0];
        }
    }

    /** Rule: both sides are scalars, whatever the shape of the scores. */
    @Test
    public void should_be_a_scalar_for_scores_of_any_shape() {
        for (Side side : sides()) {
            for (Shape shape : SHAPES) {
                NDArray value = call(side, scores(manager(), 1, shape));
                require(
                        isScalar(value),
                        "a loss is a scalar",
                        () ->
                                "%s returned shape %s for scores %s"
                                        .formatted(side.method(), value.getShape(), shape),
                        "Take the mean() over all scores.");
            }
        }
    }

    /** Rule: one sample is a batch too. */
    @Test
    public void should_take_a_batch_of_one() {
        for (Side side : sides()) {
            NDArray value = call(side, scores(manager(), 1, new Shape(1, 1)));
            require(
                    isScalar(value) && isFinite(value),
                    "a loss takes a batch of one",
                    () ->
                            "%s returned %s of shape %s"
                                    .formatted(
                                            side.method(),
                                            brief(value.toFloatArray()),
                                            value.getShape()),
                    "Avoid statistics that divide by N - 1, and squeeze().");
        }
    }

    /** Rule: a loss is a mean, so that it does not grow with the batch or the map of scores. */
    @Test
    public void should_be_a_mean_over_all_scores() {
        for (Side side : sides()) {
            NDArray[] once = scores(manager(), 1, new Shape(5, 1));
            NDArray[] twice = {once[0].concat(once[0]), once[1].concat(once[1])};
            if (drawsNumbers(side, once)) {
                continue;
            }
            float expected = call(side, once).toFloatArray()[0];
            float found = call(side, twice).toFloatArray()[0];
            require(
                    Math.abs(found - expected) <= 1e-3f * Math.max(1, Math.abs(expected)),
                    "a loss is a mean over all scores",
                    () ->
                            "%s is %s, and %s if each score is there twice"
                                    .formatted(side.method(), expected, found),
                    "Take mean() in place of sum().");
        }
    }

    private boolean drawsNumbers(Side side, NDArray[] scores) {
        float[] values = new float[3];
        for (int i = 0; i < values.length; i++) {
            Torch.seed(SEED + i);
            values[i] = side.loss().apply(scores[0], scores[1]).toFloatArray()[0];
        }
        return values[0] != values[1] || values[1] != values[2];
    }

    /** Rule: a loss that draws random numbers says so. */
    @Test
    public void should_tell_whether_it_draws_numbers() {
        for (Side side : sides()) {
            require(
                    subject().drawsNumbers() || !drawsNumbers(side, scores(manager(), 1, MANY)),
                    "a loss tells whether it draws random numbers",
                    () -> side.method() + " returned different values for different seeds",
                    "Override drawsNumbers().");
        }
    }

    /** Rule: the gradients that reach the scores are those of the value. */
    @Test
    public void should_have_gradients_that_agree_with_finite_differences() {
        for (Side side : sides()) {
            String problem = null;
            // A score may lie at a kink, where differences tell nothing: the best of three draws.
            for (int draw = 1; draw <= 3; draw++) {
                problem = gradientProblem(side, draw);
                if (problem == null) {
                    break;
                }
            }
            if (problem != null) {
                throw broken(
                        "the gradients of a loss are those of its value",
                        problem,
                        "Compute with operations of NDArray alone: numbers read into Java,"
                                + " stopGradient(), toType() and Java-number mul, div and pow lose"
                                + " or garble the gradient.");
            }
        }
    }

    private String gradientProblem(Side side, int draw) {
        Shape shape = new Shape(3, 1);
        float[][] points = new float[2][];
        float[][] gradients = new float[2][];
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.on()) {
            NDArray[] scores = scores(scope, draw, shape);
            for (int i = 0; i < 2; i++) {
                points[i] = scores[i].toFloatArray();
                scores[i].setRequiresGradient(true);
            }
            NDList found =
                    run(
                            "gradients flow through a loss",
                            "Compute the result from the scores, with operations of NDArray alone.",
                            () ->
                                    Autograd.gradients(
                                            scope,
                                            side.of(scores[0], scores[1]),
                                            new NDList(scores)));
            for (int i = 0; i < 2; i++) {
                gradients[i] = found.get(i).toFloatArray();
            }
        }
        for (int which = 0; which < 2; which++) {
            boolean unseen =
                    which == 0 && !side.method().startsWith("d") && !subject().comparesScores();
            for (int i = 0; i < shape.size() && !unseen; i++) {
                float expected = difference(side, points, which, i, shape);
                float found = gradients[which][i];
                if (!(Math.abs(found - expected) <= 2e-3f + 0.02f * Math.abs(expected))) {
                    return "the gradient of %s by the score of a %s sample is %s, and a difference of values %s"
                            .formatted(
                                    side.method(),
                                    which == 0 ? "real" : "generated",
                                    found,
                                    expected);
                }
            }
        }
        return null;
    }

    private float difference(Side side, float[][] points, int which, int i, Shape shape) {
        float[] values = new float[2];
        for (int sign = 0; sign < 2; sign++) {
            float[][] moved = {points[0].clone(), points[1].clone()};
            moved[which][i] += sign == 0 ? -STEP : STEP;
            values[sign] = value(side, moved[0], moved[1], shape);
        }
        return (values[1] - values[0]) / (2 * STEP);
    }

    /** Rule: a sure discriminator breaks nothing. */
    @Test
    public void should_stay_finite_at_large_scores() {
        for (Side side : sides()) {
            for (float sign : new float[] {-1, 1}) {
                try (NDManager scope = manager().newSubManager();
                        GradMode recording = GradMode.on()) {
                    NDArray real = scope.full(new Shape(2, 1), sign * LARGE);
                    NDArray fake = scope.full(new Shape(2, 1), -sign * LARGE);
                    real.setRequiresGradient(true);
                    fake.setRequiresGradient(true);
                    NDArray value = call(side, real, fake);
                    NDList gradients = Autograd.gradients(scope, value, new NDList(real, fake));
                    require(
                            isFinite(value) && gradients.stream().allMatch(Contract::isFinite),
                            "a loss is finite, and so are its gradients, for scores up to 100 in"
                                    + " size",
                            () ->
                                    "%s is %s, its gradients %s and %s, where real samples score %s"
                                            .formatted(
                                                    side.method(),
                                                    value.toFloatArray()[0],
                                                    brief(gradients.get(0).toFloatArray()),
                                                    brief(gradients.get(1).toFloatArray()),
                                                    sign * LARGE),
                            "Write log(sigmoid(x)) as -softplus(-x), and exp(x) so that it cannot"
                                    + " overflow.");
                }
            }
        }
    }

    /** Rule: each player is rewarded for what it is there for; higher scores look more real. */
    @Test
    public void should_reward_each_player_for_its_own_aim() {
        Side critic = sides().get(0);
        Side artist = sides().get(1);
        Shape shape = new Shape(1, 1);
        float before = value(critic, new float[] {0.5f}, new float[] {0.5f}, shape);
        float after = value(critic, new float[] {0.6f}, new float[] {0.4f}, shape);
        require(
                after < before,
                "the discriminator wants real samples to score higher than generated ones",
                () -> "its loss rose from %s to %s as they parted".formatted(before, after),
                "Turn the sign of discriminatorLoss, or exchange its arguments.");
        float worse = value(artist, new float[] {0.5f}, new float[] {-0.5f}, shape);
        float better = value(artist, new float[] {0.5f}, new float[] {-0.4f}, shape);
        require(
                better < worse,
                "the generator wants its samples to score higher",
                () -> "its loss rose from %s to %s as they did".formatted(worse, better),
                "Turn the sign of generatorLoss.");
    }

    /** Rule: a loss is a pure function, with no memory of earlier calls. */
    @Test
    public void should_give_the_same_result_for_the_same_scores() {
        for (Side side : sides()) {
            NDArray[] scores = scores(manager(), 1, new Shape(4, 1));
            float[][] copies = {scores[0].toFloatArray(), scores[1].toFloatArray()};
            float first = call(side, scores).toFloatArray()[0];
            call(side, scores(manager(), 7, new Shape(3, 1)));
            float again = call(side, scores).toFloatArray()[0];
            require(
                    first == again,
                    "a loss is a pure function of the scores",
                    () ->
                            "%s returned %s, and after a call with others %s"
                                    .formatted(side.method(), first, again),
                    "Keep nothing in fields from call to call.");
            require(
                    Arrays.equals(scores[0].toFloatArray(), copies[0])
                            && Arrays.equals(scores[1].toFloatArray(), copies[1]),
                    "a loss leaves the scores alone",
                    () -> side.method() + " changed them",
                    "Use sub() and the like, not subi().");
        }
    }

    /** Rule: all that is computed can be freed with the scores. */
    @Test
    public void should_leave_no_arrays_behind() {
        float[] warm = {0.1f, 0.2f};
        sides().forEach(side -> value(side, warm, warm, new Shape(2, 1)));
        int before = manager().getManagedArrays().size();
        for (Side side : sides()) {
            value(side, warm, warm, new Shape(2, 1));
            int after = manager().getManagedArrays().size();
            require(
                    after == before,
                    "a loss leaves no arrays behind",
                    () -> "%s left %d".formatted(side.method(), after - before),
                    "Make arrays with the manager of the scores: real.getManager().");
        }
    }

    /** Rule: what the logs show is one number. */
    @Test
    public void should_report_a_scalar() {
        for (Shape shape : SHAPES) {
            NDArray report = subject().report(normal(manager(), 1, shape));
            require(
                    isScalar(report) && isFinite(report),
                    "a report is a scalar",
                    () -> "report returned shape " + report.getShape(),
                    "Take the mean().");
        }
    }

    /** Rule: the name can be written on the command line, and the options be read again. */
    @Test
    public void should_be_known_by_its_name() {
        checkName(Loss.class, subject());
    }
}
