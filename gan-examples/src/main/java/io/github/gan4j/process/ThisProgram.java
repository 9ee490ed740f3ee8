package io.github.gan4j.process;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How to start this program again. */
public final class ThisProgram {

    private static final String MAIN = "io.github.gan4j.cli.Main";

    private static List<String> options = List.of();

    private ThisProgram() {}

    /**
     * Sets what every command begins with.
     *
     * @param options options of the program itself, such as its plug-ins
     */
    public static void setOptions(List<String> options) {
        ThisProgram.options = List.copyOf(options);
    }

    /**
     * Returns a command that starts this program in another Java like the present one.
     *
     * @param arguments what follows {@code gan4j}
     * @return the command, which can be added to
     */
    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(options);
        command.addAll(List.of(arguments));
        return command;
    }
}
