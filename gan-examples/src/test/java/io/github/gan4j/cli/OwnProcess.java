package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The command line in a JVM of its own, as a user starts it. */
final class OwnProcess implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 180;

    private final Process process;
    private final Path out;
    private final Path err;

    private OwnProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Runs a command line to its end. */
    static Outcome run(List<String> first, String... more) {
        return new Builder().run(first, more);
    }

    /** Describes how the process is started. */
    static final class Builder {

        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<String> options = new ArrayList<>();
        private Path directory;
        private int fileBlocks;

        Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        Builder option(String option) {
            options.add(option);
            return this;
        }

        Builder directory(Path folder) {
            this.directory = folder;
            return this;
        }

        /** Lets no file grow beyond so many blocks of 1024 bytes; needs bash. */
        Builder limitFiles(int blocks) {
            this.fileBlocks = blocks;
            return this;
        }

        Outcome run(List<String> first, String... more) {
            try (OwnProcess started = start(first, more)) {
                return started.awaitEnd();
            }
        }

        OwnProcess start(List<String> first, String... more) {
            List<String> command = new ArrayList<>();
            if (fileBlocks > 0) {
                String script = "ulimit -f " + fileBlocks + " && exec \"$@\"";
                command.addAll(List.of("bash", "-c", script, "bash"));
            }
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Djava.awt.headless=true");
            command.add("-Dorg.slf4j.simpleLogger.log.ai.djl.util.cuda.CudaUtils=error");
            command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            // What newer JDKs want to be told, the build has told this one.
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(option -> option.matches("--(enable-native|sun-misc-unsafe).*"))
                    .forEach(command::add);
            command.addAll(options);
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.add(Main.class.getName());
            command.addAll(first);
            command.addAll(Arrays.asList(more));
            try {
                Path out = Files.createTempFile("gan4j-out", ".txt");
                Path err = Files.createTempFile("gan4j-err", ".txt");
                ProcessBuilder builder =
                        new ProcessBuilder(command)
                                .redirectOutput(out.toFile())
                                .redirectError(err.toFile());
                if (directory != null) {
                    builder.directory(directory.toFile());
                }
                builder.environment().put("OMP_NUM_THREADS", "1");
                builder.environment().putAll(environment);
                return new OwnProcess(builder.start(), out, err);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until something is true, or the process has ended. */
    void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.getAsBoolean() && process.isAlive()) {
            if (System.nanoTime() > end) {
                fail("Waited for too long. " + outcome(-1));
            }
            Thread.sleep(1);
        }
    }

    /** Ends the process as {@code kill -9} does. */
    Outcome kill() {
        process.destroyForcibly();
        return awaitEnd();
    }

    /** Waits for the end of the process. */
    Outcome awaitEnd() {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                fail("The process takes too long. " + outcome(-1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return outcome(process.exitValue());
    }

    private Outcome outcome(int status) {
        try {
            return new Outcome(status, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            out.toFile().deleteOnExit();
            err.toFile().deleteOnExit();
        }
    }
}
