package io.github.gan4j.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.Devices;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.nn.Precision;
import io.github.gan4j.process.ThisProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All that PyTorch can be compared in, each in a process of its own, so that memory is its own. */
final class BenchSuite {

    /** What is compared; as many pictures are generated as take some seconds. */
    static final List<Line> LINES =
            List.of(
                    new Line("gan", 28, 10_000),
                    new Line("cgan", 28, 10_000),
                    new Line("dcgan", 28, 10_000),
                    new Line("dcgan", 64, 500),
                    new Line("wgan-gp", 32, 5_000),
                    new Line("cyclegan", 32, 160),
                    new Line("cyclegan", 64, 80),
                    new Line("pix2pix", 32, 800));

    private BenchSuite() {}

    /**
     * Something to compare.
     *
     * @param variant the variant
     * @param size the side of the pictures
     * @param generate how many to generate
     */
    record Line(String variant, int size, int generate) {}

    /**
     * Measures lines in float32, and in bfloat16 where the device has instructions for it.
     *
     * @param lines what to compare
     * @param options rounds, threads and the like
     * @param progress is told a line now and then
     * @return a report for each line and precision
     */
    static SuiteReport run(List<Line> lines, BenchOptions options, Consumer<String> progress) {
        List<Precision> precisions = new ArrayList<>(List.of(Precision.FLOAT32));
        Precision best = Precision.parse("auto", Devices.parse(options.device));
        if (best != Precision.FLOAT32) {
            precisions.add(best);
        }
        List<BenchReport> reports = new ArrayList<>();
        for (Line line : lines) {
            for (Precision precision : precisions) {
                progress.accept(
                        "%s, %d pixels, %s".formatted(line.variant(), line.size(), precision));
                reports.add(run(line, precision, options));
            }
        }
        return new SuiteReport(reports);
    }

    private static BenchReport run(Line line, Precision precision, BenchOptions options) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("--size", line.size());
        given.put("--precision", precision);
        given.put("--device", options.device);
        given.put("--generate", options.generate == null ? line.generate() : options.generate);
        given.put("--rounds", options.rounds);
        given.put("--steps", options.steps);
        given.put("--warm-up", options.warmUp);
        given.put("--threads", options.threads);
        given.put("--python", options.python);
        List<String> command = ThisProgram.command("bench", line.variant());
        given.forEach(
                (name, value) -> {
                    if (value != null) {
                        command.addAll(List.of(name, value.toString()));
                    }
                });
        if (options.noPython) {
            command.add("--no-python");
        }
        try {
            Path json = Files.createTempFile("gan4j-bench", ".json");
            try {
                command.addAll(List.of("--json", json.toString()));
                await(line, command);
                return new ObjectMapper().readValue(json.toFile(), BenchReport.class);
            } finally {
                Files.deleteIfExists(json);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Another Java could not be run.", e);
        }
    }

    private static void await(Line line, List<String> command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            if (process.waitFor() != 0) {
                throw new InvalidInputException(
                        "%s of %d pixels could not be measured, see above."
                                .formatted(line.variant(), line.size()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", e);
        } finally {
            process.destroy();
        }
    }
}
