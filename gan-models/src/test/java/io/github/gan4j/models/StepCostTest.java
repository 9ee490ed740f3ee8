package io.github.gan4j.models;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import com.sun.management.ThreadMXBean;
import io.github.gan4j.Game;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.Variant;
import io.github.gan4j.run.RunConfig;
import io.github.gan4j.run.Variants;
import io.github.gan4j.torch.Torch;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a step costs beside its arithmetic, counted and not timed: arrays made, of which each is at
 * least one call of the engine, arrays that live at the end of the step, and bytes that Java
 * allocates. A test that fails here has found a step that became slower, or a bound to be lowered.
 */
class StepCostTest {

    private static final int WARM_UP = 10;
    private static final int STEPS = 15;

    private final NDManager manager = NetworkShapes.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"gan, 45, 22, 160", "dcgan, 50, 31, 220", "wgan-gp, 290, 103, 900"})
    void should_cost_no_more_than_it_did(String variant, int made, int alive, int kilobytes) {
        Counts counts = count(variant);

        assertSoftly(
                all -> {
                    all.assertThat(counts.made).as("arrays made").isBetween(made * 3 / 4, made);
                    all.assertThat(counts.alive).as("arrays alive").isBetween(alive * 3 / 4, alive);
                    all.assertThat(counts.bytes / 1024)
                            .as("KiB of Java's")
                            .isBetween(0L, (long) kilobytes);
                });
    }

    private Counts count(String variant) {
        Gan gan = build(Variants.find(variant));
        Counts counts = new Counts(gan.getStrategy());
        try (GanTrainer trainer =
                GanTrainer.builder()
                        .setGan(gan)
                        .setDataset(data())
                        .optBatchSize(4)
                        .optStrategy(counts)
                        .addListener(counts)
                        .build()) {
            trainer.train(WARM_UP + STEPS + 1);
        }
        return counts;
    }

    /** Few filters: what is counted does not depend on them. */
    private static Gan build(Variant<?> variant) {
        RunConfig defaults = RunConfig.defaults(variant, 1);
        Map<String, Object> settings =
                new HashMap<>(Map.of("generatorFilters", 4, "discriminatorFilters", 4));
        settings.keySet().retainAll(defaults.getSettingDefaults().keySet());
        return defaults.with(Map.of("settings", settings))
                .buildGan(new SampleSpec(new Shape(1, 28, 28), 0));
    }

    private ArrayDataset data() {
        Torch.seed(3);
        NDArray x = manager.randomUniform(-1f, 1f, new Shape(16, 1, 28, 28));
        return new ArrayDataset.Builder().setData(x).setSampling(4, false).build();
    }

    /** Plays as another strategy does, and counts; a scope of DJL's knows each array made in it. */
    private final class Counts implements TrainingStrategy, TrainingListener {

        private final TrainingStrategy strategy;
        private final List<Long> allocated = new ArrayList<>();
        private int made;
        private int alive;
        private long bytes;

        Counts(TrainingStrategy strategy) {
            this.strategy = strategy;
        }

        @Override
        public void step(Game game) {
            if (game.getStep() < WARM_UP + STEPS) {
                strategy.step(game);
                return;
            }
            // Looking allocates too, so it is done after the steps whose bytes are counted.
            int before = root().getManagedArrays().size();
            try (NDScope scope = new NDScope()) {
                strategy.step(game);
                made = size(scope);
                alive = root().getManagedArrays().size() - before;
            }
        }

        @Override
        public int getBatchesPerStep() {
            return strategy.getBatchesPerStep();
        }

        @Override
        public void onStep(GanTrainer trainer, StepReport report) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            allocated.add(threads.getThreadAllocatedBytes(Thread.currentThread().getId()));
            if (report.step() == WARM_UP + STEPS) {
                bytes = (allocated.get(WARM_UP + STEPS - 1) - allocated.get(WARM_UP - 1)) / STEPS;
            }
        }

        private NDManager root() {
            NDManager root = manager;
            while (root.getParentManager() != null && root.getParentManager() != root) {
                root = root.getParentManager();
            }
            return root;
        }

        private static int size(NDScope scope) {
            try {
                Field arrays = NDScope.class.getDeclaredField("resources");
                arrays.setAccessible(true);
                return ((Map<?, ?>) arrays.get(scope)).size();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError("DJL's scope has changed; count in another way.", e);
            }
        }
    }
}
