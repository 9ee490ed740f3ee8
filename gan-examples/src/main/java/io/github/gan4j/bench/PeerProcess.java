package io.github.gan4j.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that runs {@code torch_peer.py}; it ends when this is closed, or with the JVM. */
final class PeerProcess implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Settings of memory allocation that our launcher makes, and users of PyTorch do not. */
    private static final Set<String> OF_OUR_LAUNCHER = Set.of("MALLOC_ARENA_MAX", "GLIBC_TUNABLES");

    private final Process process;
    private final Thread hook;
    private final Thread errors;
    private volatile String lastComplaint = "";

    /**
     * Starts a process.
     *
     * @param command the Python, the script and its arguments
     * @param tuned whether it gets the settings of our launcher, too
     * @throws InvalidInputException if it cannot be started
     */
    PeerProcess(List<String> command, boolean tuned) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            if (!tuned) {
                builder.environment().keySet().removeAll(OF_OUR_LAUNCHER);
            }
            process = builder.start();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "'%s' cannot be run; give --python the path of a Python that has torch."
                            .formatted(command.get(0)),
                    e);
        }
        hook = new Thread(this::kill, "gan4j-end-of-torch");
        Runtime.getRuntime().addShutdownHook(hook);
        errors =
                daemon(
                        "errors",
                        process.errorReader(StandardCharsets.UTF_8),
                        line -> lastComplaint = line.isBlank() ? lastComplaint : line.strip(),
                        () -> {});
    }

    /** Reads lines on a thread of its own. */
    static Thread daemon(
            String name, BufferedReader reader, Consumer<String> consumer, Runnable atEnd) {
        Thread thread =
                new Thread(
                        () -> {
                            try (reader) {
                                reader.lines().forEach(consumer);
                            } catch (IOException | UncheckedIOException e) {
                                // The process was ended while it was read from.
                            }
                            atEnd.run();
                        },
                        "gan4j-torch-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    Process get() {
        return process;
    }

    /** Waits for what the process may have complained of last; not for a child of its own. */
    void awaitComplaint() {
        try {
            errors.join(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what the process has complained of last, after a colon, or nothing. */
    String complaint() {
        return lastComplaint.isEmpty() ? "" : ": " + abbreviate(lastComplaint);
    }

    /** Reads what the process answers; a missing node if that is no JSON. */
    static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }

    static String abbreviate(String line) {
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }

    /** Ends the process and its children: on Windows, Python may be one of a launcher. */
    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is ending; the hook does the same
        }
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
