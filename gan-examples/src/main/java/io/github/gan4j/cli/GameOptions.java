package io.github.gan4j.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The parts of the game that can be swapped by name: short for some of the settings. */
final class GameOptions {

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "The loss, for instance hinge; see 'gan4j list'.")
    private String loss;

    @Option(
            names = "--penalty",
            paramLabel = "NAME[=WEIGHT]",
            description =
                    "A penalty, for instance r1=10 or gp=10,interval=4, in place of the variant's;"
                            + " may be repeated; none for none.")
    private List<String> penalties = List.of();

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "Who moves when, for instance alternating:critic=2.")
    private String strategy;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description =
                    "How the learning rates change, for instance cosine=5000; may be repeated.")
    private List<String> schedules = List.of();

    /** Returns what the user chose, as settings. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (loss != null) {
            settings.put("loss", loss);
        }
        if (!penalties.isEmpty()) {
            settings.put("penalties", penalties.equals(List.of("none")) ? List.of() : penalties);
        }
        if (strategy != null) {
            settings.put("strategy", strategy);
        }
        if (!schedules.isEmpty()) {
            settings.put("schedules", schedules);
        }
        return settings;
    }
}
