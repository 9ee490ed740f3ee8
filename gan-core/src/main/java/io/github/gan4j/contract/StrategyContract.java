package io.github.gan4j.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.dataset.ArrayDataset;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Loss;
import io.github.gan4j.NonFiniteTermException;
import io.github.gan4j.Penalty;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.loss.NonSaturatingLoss;
import io.github.gan4j.loss.RelativisticPairingLoss;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.penalty.GradientPenalty;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.penalty.WeightClipping;
import io.github.gan4j.torch.Operators;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of a {@link TrainingStrategy}. It plays a game of a few numbers. */
public abstract class StrategyContract extends Contract {

    private static final int BATCH = 4;
    private static final String MOVES = "moves/";

    private TrainingStrategy strategy;

    /** Constructs the tests. */
    protected StrategyContract() {}

    /**
     * Makes the strategy.
     *
     * @return the strategy to be tested
     */
    protected abstract TrainingStrategy newStrategy();

    @Override
    final TrainingStrategy subject() {
        if (strategy == null) {
            strategy = newStrategy();
        }
        return strategy;
    }

    private static Block perceptron(long outputs) {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(5).build())
                .add(Activation.tanhBlock())
                .add(Linear.builder().setUnits(outputs).build());
    }

    private static Gan.Builder game() {
        return Gan.builder()
                .setGenerator(Generator.of(perceptron(3), new Shape(2)))
                .setDiscriminator(Discriminator.of(perceptron(1), new Shape(3)))
                .optMovingAverage(0.9);
    }

    private GanTrainer trainer(Gan gan, TrainingStrategy played, int batchSize) {
        ArrayDataset data =
                new ArrayDataset.Builder()
                        .setData(normal(manager(), 1, new Shape(20, 3)))
                        .setSampling(batchSize, false)
                        .build();
        return GanTrainer.builder()
                .setGan(gan)
                .setDataset(data)
                .optBatchSize(batchSize)
                .optStrategy(played)
                .optSeed(SEED)
                .build();
    }

    /** Plays a game and returns the counters after each step. */
    private List<Map<String, Long>> play(long steps) {
        List<Map<String, Long>> counters = new ArrayList<>();
        try (GanTrainer trainer = trainer(game().build(), newStrategy(), BATCH)) {
            counters.add(trainer.getCounters());
            trainer.addListener(
                    new TrainingListener() {
                        @Override
                        public void onStep(GanTrainer t, StepReport report) {
                            counters.add(t.getCounters());
                        }
                    });
            train(trainer, steps);
        }
        return counters;
    }

    private void train(GanTrainer trainer, long steps) {
        run(
                "a strategy plays any game of one generator and one discriminator",
                "Draw a round with game.nextRound(..) and give it to game.update(..).",
                () -> {
                    trainer.train(steps);
                    return null;
                });
    }

    /** Rule: a step is a move of the generator. */
    @Test
    public void should_move_the_generator_once_in_each_step() {
        List<Map<String, Long>> counters = play(6);
        for (int step = 1; step < counters.size(); step++) {
            String name = MOVES + "generator";
            long moves = counters.get(step).get(name) - counters.get(step - 1).get(name);
            int number = step;
            require(
                    moves == 1,
                    "a step ends with the generators having moved once",
                    () -> "in step %d the generator moved %d times".formatted(number, moves),
                    "Call update(..) or apply(..) once for each player of the role GENERATOR; look"
                            + " ahead with explore(..).");
        }
    }

    /** Rule: the discriminator learns too. */
    @Test
    public void should_move_the_discriminator() {
        List<Map<String, Long>> counters = play(12);
        require(
                counters.get(12).get(MOVES + "discriminator") > 0,
                "the discriminator moves",
                () -> "in 12 steps it did not",
                "Call update(..) for the players of the role DISCRIMINATOR too.");
    }

    /** Rule: epochs are told in steps. */
    @Test
    public void should_draw_as_many_batches_as_it_says() {
        int steps = 6;
        long drawn = play(steps).get(steps).get("batches");
        long said = subject().getBatchesPerStep();
        require(
                drawn == steps * said,
                "getBatchesPerStep() tells how many batches a step draws",
                () -> "it says %d, and %d steps drew %d".formatted(said, steps, drawn),
                "Return the number of calls of nextRound(..) in a step.");
    }

    /** Rule: a resumed training ends at the same bytes. */
    @Test
    public void should_go_on_exactly_from_where_it_was_stopped() {
        Map<String, float[]> whole = new LinkedHashMap<>();
        Map<String, float[]> parts = new LinkedHashMap<>();
        try (GanTrainer trainer = trainer(game().build(), newStrategy(), BATCH)) {
            train(trainer, 4);
            copy(trainer, whole);
        }
        try (GanTrainer first = trainer(game().build(), newStrategy(), BATCH);
                GanTrainer second = trainer(game().build(), newStrategy(), BATCH)) {
            train(first, 2);
            first.getArrays().forEach((name, array) -> restore(second, name, array));
            second.restoreCounters(first.getCounters());
            train(second, 4);
            copy(second, parts);
        }
        requireEqual(whole, parts, "after 2 steps, a restore and 2 more");
    }

    /** Rule: one strategy may play several games. */
    @Test
    public void should_keep_nothing_from_game_to_game() {
        Map<String, float[]> first = new LinkedHashMap<>();
        Map<String, float[]> second = new LinkedHashMap<>();
        for (Map<String, float[]> values : List.of(first, second)) {
            try (GanTrainer trainer = trainer(game().build(), subject(), BATCH)) {
                train(trainer, 3);
                copy(trainer, values);
            }
        }
        requireEqual(first, second, "in a second game with the same strategy");
    }

    private static void restore(GanTrainer trainer, String name, NDArray array) {
        if (name.startsWith(GanTrainer.MEMORY)) {
            trainer.getMemory().put(name.substring(GanTrainer.MEMORY.length()), array);
        } else {
            Operators.copy(new NDList(trainer.getArrays().get(name)), new NDList(array));
        }
    }

    private static void copy(GanTrainer trainer, Map<String, float[]> values) {
        trainer.getArrays().forEach((name, array) -> values.put(name, array.toFloatArray()));
    }

    private void requireEqual(
            Map<String, float[]> expected, Map<String, float[]> found, String when) {
        for (Map.Entry<String, float[]> each : expected.entrySet()) {
            float[] other = found.get(each.getKey());
            require(
                    java.util.Arrays.equals(each.getValue(), other),
                    "a step is a function of the game alone",
                    () -> "%s, %s is another".formatted(when, each.getKey()),
                    "Keep nothing in fields; count with game.getStep(), draw from the engine's"
                            + " generator, which each step seeds.");
        }
    }

    /** Rule: a step leaves no arrays behind. */
    @Test
    public void should_leave_no_arrays_behind() {
        List<Integer> live = new ArrayList<>();
        try (GanTrainer trainer = trainer(game().build(), newStrategy(), BATCH)) {
            trainer.addListener(
                    new TrainingListener() {
                        @Override
                        public void onStep(GanTrainer t, StepReport report) {
                            live.add(t.getManager().getManagedArrays().size());
                        }
                    });
            train(trainer, 5);
        }
        require(
                live.get(4).equals(live.get(1)),
                "a step leaves no arrays behind",
                () ->
                        "after step 2 there were %d, after step 5 %d"
                                .formatted(live.get(1), live.get(4)),
                "Make arrays with round.getManager().");
    }

    /** Rule: a batch of one is a batch. */
    @Test
    public void should_take_batches_of_one() {
        try (GanTrainer trainer = trainer(game().build(), newStrategy(), 1)) {
            train(trainer, 2);
        }
    }

    /** Rule: losses and penalties of all kinds are played with, or refused before the start. */
    @Test
    public void should_play_with_any_loss_and_penalty_or_say_why_not() {
        List<Loss> losses =
                List.of(
                        new NonSaturatingLoss(),
                        new WassersteinLoss(),
                        new RelativisticPairingLoss());
        List<Penalty> penalties =
                List.of(new R1Penalty(1, 2), new GradientPenalty(10), new WeightClipping());
        for (int i = 0; i < losses.size(); i++) {
            Gan gan;
            try {
                gan =
                        game().optLoss(losses.get(i))
                                .addPenalty(penalties.get(i))
                                .optStrategy(newStrategy())
                                .build();
            } catch (InvalidInputException e) {
                continue; // said why not
            }
            try (GanTrainer trainer = trainer(gan, gan.getStrategy(), BATCH)) {
                train(trainer, 3);
                for (NDArray array : trainer.getArrays().values()) {
                    require(
                            isFinite(array),
                            "weights stay finite",
                            () -> "after 3 steps some are not",
                            "Refuse in check(..) what cannot be played.");
                }
            } catch (NonFiniteTermException e) {
                throw broken(
                        "terms stay finite",
                        "%s did not".formatted(e.getTerm()),
                        "Refuse in check(..) what cannot be played.",
                        e);
            }
        }
    }

    /** Rule: the name can be written on the command line, and the options be read again. */
    @Test
    public void should_be_known_by_its_name() {
        checkName(TrainingStrategy.class, subject());
    }
}
