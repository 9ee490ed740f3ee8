package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingListenerTest {

    private final NDManager manager = TestSupport.newManager();
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_be_called_in_the_order_of_adding() {
        try (GanTrainer trainer = trainer(named("a"), named("b"))) {
            trainer.train(2);
        }

        assertThat(calls)
                .containsExactly(
                        "a start 2",
                        "b start 2",
                        "a step 1",
                        "b step 1",
                        "a step 2",
                        "b step 2",
                        "a end",
                        "b end");
    }

    @Test
    void should_be_called_if_added_later() {
        try (GanTrainer trainer = trainer(named("a"))) {
            trainer.train(1);
            trainer.addListener(named("b"));
            calls.clear();
            trainer.train(2);
        }

        assertThat(calls)
                .containsExactly(
                        "a start 2", "b start 2", "a step 2", "b step 2", "a end", "b end");
    }

    @Test
    void should_see_the_step_done() {
        TrainingListener listener =
                new TrainingListener() {
                    @Override
                    public void onStep(GanTrainer trainer, StepReport report) {
                        calls.add(trainer.getStep() + " = " + report.step());
                    }
                };
        try (GanTrainer trainer = trainer(listener)) {
            trainer.train(2);
        }

        assertThat(calls).containsExactly("1 = 1", "2 = 2");
    }

    @Test
    void should_be_able_to_stop_the_training() {
        TrainingListener stopping =
                new TrainingListener() {
                    @Override
                    public void onStep(GanTrainer trainer, StepReport report) {
                        if (report.step() == 3) {
                            trainer.stop();
                        }
                    }
                };
        try (GanTrainer trainer = trainer(stopping, named("a"))) {
            trainer.train(10);

            assertThat(trainer.getStep()).isEqualTo(3);
            assertThat(calls).endsWith("a step 3", "a end");

            trainer.train(5);
            assertThat(trainer.getStep()).isEqualTo(5);
        }
    }

    @Test
    void should_be_told_of_a_failure_instead_of_the_end() {
        TrainingListener failing =
                new TrainingListener() {
                    @Override
                    public void onStep(GanTrainer trainer, StepReport report) {
                        if (report.step() == 2) {
                            throw new IllegalStateException("disk full");
                        }
                    }
                };
        try (GanTrainer trainer = trainer(named("a"), failing, named("b"))) {
            assertThatThrownBy(() -> trainer.train(5))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("disk full");
        }

        assertThat(calls)
                .containsExactly(
                        "a start 5",
                        "b start 5",
                        "a step 1",
                        "b step 1",
                        "a step 2",
                        "a failure disk full",
                        "b failure disk full");
    }

    private TrainingListener named(String name) {
        return new TrainingListener() {
            @Override
            public void onStart(GanTrainer trainer, long untilStep) {
                calls.add(name + " start " + untilStep);
            }

            @Override
            public void onStep(GanTrainer trainer, StepReport report) {
                calls.add(name + " step " + report.step());
            }

            @Override
            public void onEnd(GanTrainer trainer) {
                calls.add(name + " end");
            }

            @Override
            public void onFailure(GanTrainer trainer, Throwable failure) {
                calls.add(name + " failure " + failure.getMessage());
            }
        };
    }

    private GanTrainer trainer(TrainingListener... listeners) {
        GanTrainer.Builder builder =
                TinyGames.trainer(TinyGames.game().build(), TinyGames.data(manager, 8, 3));
        for (TrainingListener listener : listeners) {
            builder.addListener(listener);
        }
        return builder.build();
    }
}
