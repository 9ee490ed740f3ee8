package io.github.gan4j.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Reasons;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what happens in a training to a file of JSON lines, one every so many steps.
 *
 * <p>A line holds {@code step}, {@code epoch}, the values of the {@link StepReport} by their names,
 * with the norms of the gradients; then what no run repeats: {@code steps per second} and {@code
 * samples per second} since the line before, {@code resident bytes} of the process, {@code null}
 * where the system does not tell, and {@code heap bytes}. A value that is not finite is {@code
 * null}.
 *
 * <p>When training starts, lines of steps that the trainer has not done are dropped: they were
 * written after the checkpoint that it was restored from. So is a last line that a killed process
 * left torn.
 */
public final class MetricsLog implements TrainingListener, AutoCloseable {

    static final String STEP = "step";

    /** What a trainer calls the norm of a player's gradients, after the player's name. */
    static final String GRADIENT_NORM = "/gradient norm";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final int every;
    private BufferedWriter writer;
    private long lastStep;
    private long lastTime;

    /**
     * Constructs a log. The file is opened when training starts.
     *
     * @param file the file, whose folder is made if it is not there
     * @param every the number of steps between lines
     */
    public MetricsLog(Path file, int every) {
        this.file = file;
        this.every = every;
    }

    @Override
    public void onStart(GanTrainer trainer, long untilStep) {
        close();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            dropAfter(trainer.getStep());
            writer =
                    Files.newBufferedWriter(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unwritten(e);
        }
        lastStep = trainer.getStep();
        lastTime = System.nanoTime();
    }

    @Override
    public boolean wantsGradientNorms(long step) {
        return step % every == 0;
    }

    @Override
    public void onStep(GanTrainer trainer, StepReport report) {
        if (report.step() % every != 0) {
            return;
        }
        long now = System.nanoTime();
        double seconds = Math.max(now - lastTime, 1) / 1e9;
        double stepsPerSecond = (report.step() - lastStep) / seconds;
        lastStep = report.step();
        lastTime = now;

        Map<String, Object> line = new LinkedHashMap<>();
        line.put(STEP, report.step());
        line.put("epoch", report.epoch());
        report.values().forEach((name, value) -> line.put(name, finite(value)));
        line.put("steps per second", rounded(stepsPerSecond));
        line.put("samples per second", rounded(stepsPerSecond * trainer.getBatchSize()));
        line.put("resident bytes", residentBytes());
        Runtime runtime = Runtime.getRuntime();
        line.put("heap bytes", runtime.totalMemory() - runtime.freeMemory());
        write(line);
    }

    /**
     * Writes a line of its own with numbers that were measured after a step.
     *
     * @param step the step
     * @param values numbers by name
     */
    public void write(long step, Map<String, Double> values) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(STEP, step);
        values.forEach((name, value) -> line.put(name, Double.isFinite(value) ? value : null));
        write(line);
    }

    private void write(Map<String, Object> line) {
        try {
            writer.write(JSON.writeValueAsString(line));
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    @Override
    public void onEnd(GanTrainer trainer) {
        close();
    }

    /** Closes the file, if it is open. */
    @Override
    public void close() {
        if (writer == null) {
            return;
        }
        try {
            writer.close();
        } catch (IOException e) {
            throw unwritten(e);
        } finally {
            writer = null;
        }
    }

    /**
     * Reads the lines of a file, without any that are torn.
     *
     * @return the lines by what they say
     */
    static Map<String, JsonNode> read(Path file) throws IOException {
        Map<String, JsonNode> result = new LinkedHashMap<>();
        // Not readAllLines: a torn line may not be UTF-8.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (String line : text.split("\n")) {
            try {
                JsonNode node = JSON.readTree(line);
                if (node.path(STEP).isIntegralNumber()) {
                    result.put(line, node);
                }
            } catch (JsonProcessingException e) {
                continue;
            }
        }
        return result;
    }

    private void dropAfter(long step) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        List<String> kept = new ArrayList<>();
        read(file)
                .forEach(
                        (line, node) -> {
                            if (node.get(STEP).longValue() <= step) {
                                kept.add(line + "\n");
                            }
                        });
        byte[] bytes = String.join("", kept).getBytes(StandardCharsets.UTF_8);
        if (bytes.length != Files.size(file)) {
            try (AtomicFile atomic = new AtomicFile(file)) {
                Files.write(atomic.getPartial(), bytes);
                atomic.commit();
            }
        }
    }

    private TrainingException unwritten(IOException e) {
        return new TrainingException(
                "The metrics could not be written to '%s': %s. Mend that and resume."
                        .formatted(file, Reasons.of(e)),
                e);
    }

    private static Object finite(float value) {
        return Float.isFinite(value) ? value : null;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** Linux tells; elsewhere there is no way without native code. */
    private static Long residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }
}
