package io.github.gan4j.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.tracker.Tracker;
import io.github.gan4j.Components;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Schedule;
import io.github.gan4j.TestSupport;
import io.github.gan4j.optim.Sgd;
import io.github.gan4j.optim.Updater;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final double EXACT = 1e-12;

    /** Factors at chosen steps, worked out by hand. */
    private static final Map<String, double[][]> VALUES = new TreeMap<>();

    static {
        VALUES.put("constant", new double[][] {{0, 1}, {1, 1}, {1e9, 1}});
        VALUES.put(
                "linear-decay:from=10,to=30",
                new double[][] {
                    {0, 1}, {10, 1}, {15, 0.75}, {20, 0.5}, {29, 0.05}, {30, 0}, {99, 0}
                });
        VALUES.put(
                "cosine:length=12,floor=0.2",
                new double[][] {
                    {0, 1},
                    {2, 0.2 + 0.4 * (1 + Math.sqrt(3) / 2)},
                    {4, 0.2 + 0.8 * 0.75},
                    {6, 0.6},
                    {8, 0.2 + 0.8 * 0.25},
                    {12, 0.2},
                    {99, 0.2}
                });
        VALUES.put(
                "warm-up=4",
                new double[][] {{0, 0.25}, {1, 0.5}, {2, 0.75}, {3, 1}, {4, 1}, {99, 1}});
        VALUES.put(
                "half-life=10",
                new double[][] {
                    {0, 1}, {5, Math.sqrt(0.5)}, {10, 0.5}, {20, 0.25}, {100, 0x1p-10}
                });
    }

    @Test
    void should_have_the_values_of_its_formula() {
        VALUES.forEach(
                (spec, points) -> {
                    Schedule schedule = Components.parse(Schedule.class, spec);
                    for (double[] point : points) {
                        assertThat(schedule.factor((long) point[0]))
                                .as(spec + " at " + point[0])
                                .isEqualTo(point[1], within(EXACT));
                    }
                });
    }

    /** Whoever adds a schedule works its values out here. */
    @Test
    void should_cover_every_schedule() {
        for (Schedule schedule : Components.list(Schedule.class)) {
            assertThat(VALUES.keySet())
                    .anyMatch(spec -> spec.split("[=:]")[0].equals(schedule.getName()));
        }
    }

    @Test
    void should_give_a_rate_that_is_neither_negative_nor_above_the_set_one() {
        for (Schedule schedule : Components.list(Schedule.class)) {
            for (long step = 0; step < 30_000; step += 97) {
                assertThat(schedule.factor(step)).isBetween(0.0, 1.0);
            }
        }
    }

    /** Two hundred steps of warm-up, then half a cosine: their factors are multiplied. */
    @Test
    void should_multiply_in_a_tracker() {
        Tracker tracker =
                Schedule.toTracker(
                        0.5, List.of(new WarmUpSchedule(4), new LinearDecaySchedule(2, 6)));

        double[] expected = {0.25, 0.5, 0.75, 0.75, 0.5, 0.25, 0};
        for (int step = 0; step < expected.length; step++) {
            assertThat(tracker.getNewValue(step)).isEqualTo((float) (0.5 * expected[step]));
        }
        assertThat(Schedule.toTracker(0.5, List.of()).getNewValue(7)).isEqualTo(0.5f);
    }

    /** The first step of a player is number 0: a warm-up of one step does nothing. */
    @Test
    void should_move_weights_by_the_rate_of_the_step() {
        try (NDManager manager = TestSupport.newManager()) {
            NDArray weight = manager.create(new float[] {0});
            Tracker rate = Schedule.toTracker(1, List.of(new WarmUpSchedule(2)));
            Updater updater =
                    Sgd.builder().optLearningRate(rate).build().newUpdater(new NDList(weight));
            float[] places = new float[3];
            for (int step = 1; step <= 3; step++) {
                updater.update(new NDList(manager.create(new float[] {-1})), step);
                places[step - 1] = weight.getFloat(0);
            }

            assertThat(places).containsExactly(0.5f, 1.5f, 2.5f);
            assertThat(new WarmUpSchedule(1).factor(0)).isEqualTo(1);
        }
    }

    @Test
    void should_refuse_stretches_that_are_none() {
        assertRefused(
                () -> new LinearDecaySchedule(10, 10),
                "The schedule linear-decay goes from step 10 to 10; it must go from 0 or more to"
                        + " a later one.");
        assertRefused(
                () -> new LinearDecaySchedule(-1, 10),
                "The schedule linear-decay goes from step -1 to 10; it must go from 0 or more to"
                        + " a later one.");
        assertRefused(
                () -> new CosineSchedule(0, 0),
                "The schedule cosine goes from step 0 to 0; it must go from 0 or more to a later"
                        + " one.");
        assertRefused(
                () -> new CosineSchedule(10, 1.5),
                "The floor of the schedule cosine is 1.5; it must be 0 to 1.");
        assertRefused(
                () -> new CosineSchedule(10, Double.NaN),
                "The floor of the schedule cosine is NaN; it must be 0 to 1.");
        assertRefused(
                () -> new WarmUpSchedule(0),
                "The schedule warm-up goes from step 0 to 0; it must go from 0 or more to a"
                        + " later one.");
        assertRefused(
                () -> new HalfLifeSchedule(0),
                "The schedule half-life goes from step 0 to 0; it must go from 0 or more to a"
                        + " later one.");
    }

    private static void assertRefused(ThrowingCallable make, String message) {
        assertThatThrownBy(make).isInstanceOf(InvalidInputException.class).hasMessage(message);
    }
}
