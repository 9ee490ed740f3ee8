package io.github.gan4j.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * PyTorch: a process that runs {@code torch_peer.py}, told a line and answering with a line.
 *
 * <p>The process ends when this is closed, when it is silent for too long, or when the JVM exits.
 */
final class TorchPeer implements Contestant {

    /** Queued when the process has closed its output; no line can be that. */
    private static final String END = "\n";

    private final String form;
    private final Duration patience;
    private final PeerProcess process;
    private final Writer input;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private final JsonNode greeting;

    /**
     * Starts a process and waits until it is ready.
     *
     * @param form the form of training, for the name
     * @param command the Python, the script and its arguments
     * @param patience how long it may be silent, in addition to time for its work
     * @throws InvalidInputException if it cannot be started, or is not ready in time
     */
    TorchPeer(String form, List<String> command, Duration patience) {
        this.form = form;
        this.patience = patience;
        process = new PeerProcess(command, PeerNetwork.LEAN.equals(form));
        input = process.get().outputWriter(StandardCharsets.UTF_8);
        PeerProcess.daemon(
                "answers",
                process.get().inputReader(StandardCharsets.UTF_8),
                answers::add,
                () -> {
                    process.awaitComplaint();
                    answers.add(END);
                });
        greeting = await("start", Duration.ZERO);
        if (!greeting.path("ready").asBoolean()) {
            throw failure("did not say that it is ready, but " + greeting);
        }
    }

    /** Returns the version of torch. */
    String getVersion() {
        return greeting.path("torch").asText("unknown");
    }

    /** Returns the number of threads that one operator may use. */
    int getThreads() {
        return greeting.path("threads").asInt();
    }

    @Override
    public String getName() {
        return "PyTorch " + form;
    }

    @Override
    public Map<String, Long> getParameters() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> count : greeting.path("parameters").properties()) {
            counts.put(count.getKey(), count.getValue().asLong());
        }
        return counts;
    }

    @Override
    public Turn run(int steps) {
        JsonNode answer = ask("run " + steps, Duration.ofSeconds(30L * steps));
        JsonNode times = answer.path("ms");
        double total = answer.path("total_ms").asDouble();
        if (times.size() != steps || total <= 0) {
            throw failure("timed " + times.size() + " steps of " + steps);
        }
        double[] milliseconds = new double[steps];
        for (int i = 0; i < steps; i++) {
            milliseconds[i] = times.get(i).asDouble();
        }
        return new Turn(milliseconds, total);
    }

    @Override
    public Memory memory() {
        JsonNode answer = ask("memory", Duration.ZERO);
        return new Memory(number(answer, "rss_mb"), number(answer, "peak_mb"), null, null);
    }

    private static Double number(JsonNode answer, String name) {
        return answer.path(name).isNumber() ? answer.path(name).asDouble() : null;
    }

    @Override
    public double generate(int count) {
        return ask("generate " + count, Duration.ofSeconds(count)).path("ms").asDouble(Double.NaN);
    }

    @Override
    public Duration cpuTime() {
        return process.get().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private JsonNode ask(String command, Duration work) {
        try {
            input.write(command + "\n");
            input.flush();
        } catch (IOException e) {
            throw ended(command);
        }
        return await(command, work);
    }

    private JsonNode await(String command, Duration work) {
        String line;
        try {
            line = answers.poll(patience.plus(work).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was waited for, and the wait interrupted");
        }
        if (line == null) {
            throw failure("did not answer '%s' in time".formatted(command));
        }
        if (line.equals(END)) {
            throw ended(command);
        }
        JsonNode answer = PeerProcess.parse(line);
        if (!answer.isObject()) {
            throw failure(
                    "answered '%s' with '%s'".formatted(command, PeerProcess.abbreviate(line)));
        }
        if (answer.has("error")) {
            throw failure("failed at '%s': %s".formatted(command, answer.path("error").asText()));
        }
        return answer;
    }

    private InvalidInputException ended(String command) {
        return failure("ended at '%s'%s".formatted(command, process.complaint()));
    }

    /** Ends the process; one line says why. */
    private InvalidInputException failure(String what) {
        close();
        return new InvalidInputException(
                "The PyTorch process (%s) %s. Leave it out with --no-python."
                        .formatted(form, what.replaceAll("\\s+", " ").replaceAll("\\.$", "")));
    }

    @Override
    public void close() {
        process.close();
    }
}
