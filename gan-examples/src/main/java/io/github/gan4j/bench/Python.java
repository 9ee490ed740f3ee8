package io.github.gan4j.bench;

import io.github.gan4j.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds a Python that has torch. */
final class Python {

    private static final String PROBE =
            "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)";

    private Python() {}

    /** Returns the command itself, or what it stands for on the search path. */
    static Optional<Path> locate(String command) {
        Path direct = Path.of(command);
        if (direct.getNameCount() > 1 || direct.isAbsolute()) {
            return isProgram(direct) ? Optional.of(direct) : Optional.empty();
        }
        String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String folder : folders.split(File.pathSeparator)) {
            for (String ending : List.of("", ".exe")) {
                Path candidate = Path.of(folder, command + ending);
                if (isProgram(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** Finds the Python that the user named. */
    static Path require(String command) {
        Path python = locate(command).orElseThrow(() -> notThere(command));
        if (!hasTorch(python)) {
            throw new InvalidInputException(
                    "'%s' has no torch; %s, or leave --python out."
                            .formatted(command, howToGet(command)));
        }
        return python;
    }

    private static InvalidInputException notThere(String command) {
        return new InvalidInputException(
                "There is no program '%s'; give --python the path of a Python.".formatted(command));
    }

    /** Says how to install torch. */
    static String howToGet(String command) {
        return "get it with '"
                + command
                + " -m pip install torch --index-url https://download.pytorch.org/whl/cpu'";
    }

    /** Asks a Python, without the seconds that loading torch takes. */
    static boolean hasTorch(Path python) {
        try {
            Process process =
                    new ProcessBuilder(python.toString(), "-c", PROBE)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                process.getOutputStream().close();
                return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
