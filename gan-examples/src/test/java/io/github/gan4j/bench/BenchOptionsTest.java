package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchOptionsTest {

    static BenchOptions parse(String... arguments) {
        return CommandLine.populateCommand(new BenchOptions(), arguments);
    }

    @Test
    void should_plan_rounds_of_a_second() {
        BenchOptions options = parse("gan");
        options.check();
        assertThat(options.plan(20)).isEqualTo(new Plan(1500, 30, 1024));
        assertThat(options.plan(250)).isEqualTo(new Plan(120, 30, 1024));
        assertThat(options.plan(9000)).isEqualTo(new Plan(30, 30, 1024));
    }

    @Test
    void should_plan_what_is_asked_for() {
        BenchOptions options = parse("gan", "--steps", "7", "--rounds", "3", "--generate", "0");
        options.check();
        Plan plan = options.plan(20);
        assertThat(plan).isEqualTo(new Plan(7, 3, 0));
        assertThat(plan.stepsOf(0)).isEqualTo(3);
        assertThat(plan.stepsOf(2)).isEqualTo(2);
        assertThat(plan.stepsUntil(1)).isEqualTo(5);
        assertThat(parse("gan", "--steps", "4").plan(20).rounds()).isEqualTo(4);
    }

    @Test
    void should_watch_memory_over_2000_steps() {
        BenchOptions options = parse("gan", "--memory");
        options.check();
        Plan plan = options.plan(Double.NaN);
        assertThat(plan).isEqualTo(new Plan(2000, 10, 0));
        assertThat(plan.stepsUntil(plan.earlyRound())).isEqualTo(200);
        assertThat(options.warmUpSteps()).isZero();
        assertThat(parse("gan", "--memory-steps", "50").plan(1)).isEqualTo(new Plan(50, 10, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--steps 0",
                "--size 0",
                "--batch-size -1",
                "--rounds 0",
                "--warm-up -1",
                "--threads 0",
                "--generate -1",
                "--memory-steps 0",
                "--rounds 3 --steps 2",
                "--memory --steps 2",
                "--python python3 --no-python",
                "--json no-such-folder/file.json",
                "--growth no-such-folder/file.png",
                "--page file.md",
                "--growth file.png --python python3",
                "--growth file.png --memory",
                "--growth file.png --generate 5"
            })
    void should_refuse_what_cannot_be_measured(String arguments) {
        BenchOptions options = parse(("gan " + arguments).split(" "));
        String first = arguments.split(" ")[0];
        assertThatThrownBy(options::check)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(first)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gan --all",
                "--all --size 32",
                "--all --set latentSize=3",
                "--all --precision auto",
                "--all --growth file.png",
                "--all --page no-such-folder/file.md"
            })
    void should_refuse_what_all_settles_itself(String arguments) {
        BenchOptions options = parse(arguments.split(" "));
        assertThatThrownBy(options::check)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(arguments.contains("page") ? "--page" : "--all")
                .hasMessageNotContaining("\n");
    }

    @Test
    void should_ask_for_a_variant() {
        assertThatThrownBy(() -> parse("--rounds", "2").check())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "What shall be measured? Name a variant, or give --all; 'gan4j list' shows"
                                + " all.");
    }
}
