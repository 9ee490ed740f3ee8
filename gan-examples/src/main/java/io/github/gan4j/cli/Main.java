package io.github.gan4j.cli;

import ai.djl.engine.EngineException;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Names;
import io.github.gan4j.NonFiniteTermException;
import io.github.gan4j.run.TrainingException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command {@code gan4j}. */
@Command(
        name = "gan4j",
        description = "Trains generative adversarial networks, and draws from them.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TrainCommand.class,
            ResumeCommand.class,
            GenerateCommand.class,
            InterpolateCommand.class,
            AttributesCommand.class,
            TranslateCommand.class,
            EvaluateCommand.class,
            AugmentCommand.class,
            LedgerCommand.class,
            ListCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "Start with: gan4j train dcgan",
            "Exit codes: 0 done, 2 bad input, 1 failed, 130 interrupted (a checkpoint is written"
                    + " first)."
        })
public final class Main {

    private static final int FAILED = 1;

    /** Options that memory grows with, of whichever command. */
    private static final List<String> SIZES =
            List.of("--batch-size", "--size", "--count", "--samples", "--generated", "--jobs");

    @Option(
            names = "--plugins",
            paramLabel = "JAR",
            split = ",",
            description = "Jars with losses, variants, data sets and the like of your own.")
    private List<Path> plugins = List.of();

    private Main() {}

    /**
     * Runs the command line and exits.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        int status = run(args);
        if (!Interruption.isUnderWay()) {
            System.exit(status);
        }
    }

    /**
     * Runs the command line.
     *
     * @param args the arguments
     * @return the exit status
     */
    public static int run(String... args) {
        CommandLine commandLine = commandLine();
        commandLine.setParameterExceptionHandler(Main::explain);
        commandLine.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command));
        // Numbers look as they do in files, whatever the language: 0.5, not 0,5. Writers do not
        // heed the default for formats alone.
        Locale.setDefault(Locale.ROOT);
        if (args.length == 0) {
            commandLine.usage(commandLine.getOut());
            return CommandLine.ExitCode.OK;
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError e) {
            print(commandLine, outOfMemory(running(commandLine)));
            return FAILED;
        } catch (ServiceConfigurationError | LinkageError e) {
            if (Plugins.loaded().isEmpty()) {
                throw e;
            }
            print(commandLine, Plugins.broken(e));
            return CommandLine.ExitCode.USAGE;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    static CommandLine commandLine() {
        Main main = new Main();
        CommandLine commandLine = new CommandLine(main);
        commandLine.setExecutionStrategy(
                parsed -> {
                    try {
                        Plugins.load(main.plugins);
                    } catch (InvalidInputException e) {
                        return explain(e, commandLine);
                    }
                    return new CommandLine.RunLast().execute(parsed);
                });
        return commandLine;
    }

    private static int explain(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String message = e.getMessage().lines().findFirst().orElse("").strip();
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            String typed = unmatched.getUnmatched().get(0);
            message += near.isEmpty() ? "" : "; did you mean " + Names.nearest(typed, near) + "?";
        }
        print(
                command,
                message.replaceAll("\\.$", "")
                        + (message.endsWith("?") ? " " : ". ")
                        + "See '"
                        + command.getCommandSpec().qualifiedName()
                        + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int explain(Exception e, CommandLine command) {
        if (e instanceof InvalidInputException) {
            print(command, e.getMessage() + Plugins.missing(paths(command)));
            return CommandLine.ExitCode.USAGE;
        }
        if (e instanceof TrainingException
                || e instanceof NonFiniteTermException
                || e instanceof UncheckedIOException) {
            print(command, e.getMessage());
            return FAILED;
        }
        if (e instanceof EngineException && isOutOfMemory(e)) {
            print(command, outOfMemory(command));
            return FAILED;
        }
        print(command, "This should not have happened; please report it with what follows.");
        e.printStackTrace(command.getErr());
        return FAILED;
    }

    /** The files and folders that a command was given. */
    private static Stream<Path> paths(CommandLine command) {
        CommandLine.ParseResult given = command.getParseResult();
        return given == null
                ? Stream.empty()
                : given.matchedArgs().stream()
                        .<Object>map(CommandLine.Model.ArgSpec::getValue)
                        .filter(Path.class::isInstance)
                        .map(Path.class::cast);
    }

    private static boolean isOutOfMemory(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("out of memory") || message.contains("can't allocate memory");
    }

    /** Says what can be done about it with the options that the command has. */
    private static String outOfMemory(CommandLine command) {
        String options =
                SIZES.stream()
                        .filter(name -> command.getCommandSpec().findOption(name) != null)
                        .collect(Collectors.joining(" or "));
        return options.isEmpty()
                ? "Out of memory. End other programs, or take a machine that has more."
                : "Out of memory. Choose a smaller " + options + ".";
    }

    /** The command that was named last on the command line. */
    private static CommandLine running(CommandLine commandLine) {
        CommandLine.ParseResult parsed = commandLine.getParseResult();
        while (parsed != null && parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed == null ? commandLine : parsed.commandSpec().commandLine();
    }

    private static void print(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println("gan4j: " + message);
        err.flush();
    }

    /** Reads the version that Maven wrote into the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"gan4j " + (version == null ? "(not packaged)" : version)};
        }
    }
}
