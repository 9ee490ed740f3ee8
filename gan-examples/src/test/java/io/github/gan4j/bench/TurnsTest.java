package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final List<String> log = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();
    private final Turns turns =
            new Turns(
                    List.of(
                            new FakeContestant("ours", 100, log),
                            new FakeContestant("theirs", 150, log)),
                    Duration.ZERO,
                    progress::add);

    @Test
    void should_let_contestants_take_turns() {
        turns.play(new Plan(5, 3, 0));

        assertThat(log)
                .containsExactly("ours 2", "theirs 2", "ours 2", "theirs 2", "ours 1", "theirs 1");
        assertThat(progress.get(0))
                .isEqualTo("round 1 of 3, 2 steps: ours 100.0, theirs 150.0 ms a step");
    }

    @Test
    void should_note_times_ratios_and_memory() {
        turns.play(new Plan(40, 20, 0));

        Score ours = turns.getScores().get(0);
        Score theirs = turns.getScores().get(1);
        assertThat(theirs.steps).hasSize(40).containsOnly(150.0);
        assertThat(theirs.ratiosTo(ours)).hasSize(20).containsOnly(1.5);
        assertThat(ours.early.residentMb()).isEqualTo(104); // two rounds are a tenth
        assertThat(ours.end.residentMb()).isEqualTo(140);
        assertThat(ours.coresBusy()).isNull();
    }

    @Test
    void should_generate_in_turns_after_a_warm_up() {
        turns.play(new Plan(1, 1, 300));

        assertThat(log.subList(2, 6))
                .containsExactly(
                        "ours generates 256",
                        "theirs generates 256",
                        "ours generates 300",
                        "theirs generates 300");
        assertThat(turns.getScores().get(0).generations).containsExactly(600.0, 600.0, 600.0);
    }

    @Test
    void should_warm_up_for_about_two_seconds() {
        assertThat(turns.warmUp(null, null)).isEqualTo(100);
        assertThat(log).containsExactly("ours 3", "ours 17", "theirs 3", "theirs 10");
    }

    @Test
    void should_warm_up_for_no_more_steps_than_there_will_be() {
        turns.warmUp(null, 2);
        assertThat(log).containsExactly("ours 2", "theirs 2");
    }

    @Test
    void should_warm_up_for_the_steps_given() {
        turns.warmUp(7, 1);
        assertThat(log).containsExactly("ours 7", "theirs 7");
        log.clear();
        assertThat(turns.warmUp(0, 1)).isNaN();
        assertThat(log).isEmpty();
    }
}
