package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins that do not fit, and the processes that load them. */
class PluginsTest {

    @TempDir Path temp;

    /** A loss of somebody else's. */
    public static class PluggedLoss implements Loss {

        @Override
        public NDArray discriminatorLoss(NDArray real, NDArray fake) {
            return fake.mean().sub(real.mean());
        }

        @Override
        public NDArray generatorLoss(NDArray real, NDArray fake) {
            return fake.mean().neg();
        }

        @Override
        public String getSummary() {
            return "for a test";
        }
    }

    /** A loss that cannot be made. */
    public static final class HiddenLoss extends PluggedLoss {
        private HiddenLoss() {}
    }

    /** A loss whose constructor fails. */
    public static final class FailingLoss extends PluggedLoss {

        /** Fails. */
        public FailingLoss() {
            throw new IllegalStateException("no licence key");
        }
    }

    /** A loss that takes all memory. */
    public static final class GreedyLoss extends PluggedLoss {

        @Override
        public String getName() {
            throw new OutOfMemoryError("for a test");
        }
    }

    /** A plug-in that lists a class as a loss. */
    private Path plugin(String className) throws IOException {
        Path services = Files.createDirectories(temp.resolve("plugin/META-INF/services"));
        Files.writeString(services.resolve(Loss.class.getName()), className + "\n");
        return temp.resolve("plugin");
    }

    private static Outcome list(Path plugin) {
        return InProcess.run("--plugins", plugin.toString(), "list");
    }

    @Test
    void should_say_which_plugin_lists_what_is_not_there() throws IOException {
        Path plugin = plugin("none.Such");
        assertThat(list(plugin).badInput())
                .contains("A plug-in of " + plugin + " cannot be used", "none.Such not found");
        assertThat(
                        InProcess.run(
                                        List.of("--plugins", plugin.toString(), "train", "gan"),
                                        "--loss=hinge")
                                .badInput())
                .contains("none.Such not found");
        assertThat(list(plugin("no class at all")).badInput()).contains(plugin.toString());
        assertThat(list(plugin(Main.class.getName())).badInput()).contains("not a subtype");
        assertThat(list(plugin(HiddenLoss.class.getName())).badInput())
                .contains(plugin.toString(), "constructor");
        assertThat(list(plugin(FailingLoss.class.getName())).badInput())
                .contains(
                        "FailingLoss could not be instantiated"
                                + " (IllegalStateException: no licence key). Build it");
    }

    @Test
    void should_say_which_plugin_is_for_another_java() throws IOException {
        Path plugin = plugin("later.Version");
        byte[] head = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 120, 0, 0};
        Files.write(
                Files.createDirectories(plugin.resolve("later")).resolve("Version.class"), head);
        assertThat(list(plugin).badInput())
                .contains(plugin.toString(), "UnsupportedClassVersionError", "later/Version")
                .contains("Build it for this gan4j and this Java");
    }

    @Test
    void should_give_advice_that_the_command_can_take_if_memory_is_short() throws IOException {
        String plugin = plugin(GreedyLoss.class.getName()).toString();
        assertThat(InProcess.run("--plugins", plugin, "train", "gan", "--loss=greedy").failure())
                .isEqualTo("gan4j: Out of memory. Choose a smaller --batch-size or --size.");
        assertThat(list(Path.of(plugin)).failure())
                .isEqualTo(
                        "gan4j: Out of memory. End other programs, or take a machine that has more.");
    }

    @Test
    void should_load_plugins_in_all_processes_of_a_ledger() throws IOException {
        Path ledger = Files.createDirectories(temp.resolve("ledger"));
        Files.writeString(
                ledger.resolve("points.yaml"),
                """
                title: Points
                columns: [modes200-ring]
                lines:
                  - {name: plugged, variant: gan, dataset: ring, steps: 1, seeds: [0], samples: 200,
                     settings: {loss: plugged}}
                """);
        OwnProcess.run(
                        List.of("--plugins", plugin(PluggedLoss.class.getName()).toString()),
                        "ledger",
                        "--jobs=2",
                        "--ledger=" + ledger,
                        "--out=" + temp.resolve("results.md"),
                        "--scratch=" + temp.resolve("scratch"),
                        "--commit=abc1234",
                        "--hardware=a small machine")
                .done();
        assertThat(ledger.resolve("results/plugged/0.json")).isNotEmptyFile();
    }
}
