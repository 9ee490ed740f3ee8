package io.github.gan4j.cli;

import io.github.gan4j.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Refuses options that a command would not heed, rather than leave them without effect. */
final class Given {

    private Given() {}

    /**
     * Refuses options, if any of them is given.
     *
     * @param spec the command
     * @param why the rest of the sentence "--size has no effect .."
     * @param options the names of the options
     */
    static void refuse(CommandSpec spec, String why, String... options) {
        List<String> given =
                Arrays.stream(options)
                        .filter(name -> spec.commandLine().getParseResult().hasMatchedOption(name))
                        .toList();
        if (!given.isEmpty()) {
            throw new InvalidInputException(
                    "%s %s no effect %s; leave %s out."
                            .formatted(
                                    String.join(", ", given),
                                    given.size() == 1 ? "has" : "have",
                                    why,
                                    given.size() == 1 ? "it" : "them"));
        }
    }
}
