package io.github.gan4j.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What {@code gan4j bench} has measured. */
public sealed interface Figures permits BenchReport, SuiteReport, GrowthReport {

    /**
     * Measures what the options ask for, and writes the files that they name.
     *
     * @param options what to measure
     * @param progress is told a line now and then
     * @return the figures
     * @throws InvalidInputException if it cannot be measured, the PyTorch process fails, or a file
     *     cannot be written
     */
    static Figures of(BenchOptions options, Consumer<String> progress) {
        options.check();
        Figures figures;
        if (options.all) {
            SuiteReport suite = BenchSuite.run(BenchSuite.LINES, options, progress);
            write("--page", options.page, file -> Files.writeString(file, suite.toMarkdown()));
            figures = suite;
        } else if (options.growth != null) {
            GrowthReport growth = new GrowthBenchmark(options, progress).run();
            write("--growth", options.growth, growth::draw);
            figures = growth;
        } else {
            figures = Benchmark.run(options, progress);
        }
        if (options.json != null) {
            figures.writeJson(options.json);
        }
        return figures;
    }

    /**
     * Returns the figures for people to read.
     *
     * @return some lines, each with its end
     */
    String toText();

    /**
     * Returns the figures for programs to read; what is not known is left out.
     *
     * @return a JSON object
     */
    default String toJson() {
        try {
            return new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the figures for programs to read.
     *
     * @param file the file, written over if it exists
     * @throws InvalidInputException if it cannot be written
     */
    default void writeJson(Path file) {
        write("--json", file, target -> Files.writeString(target, toJson() + "\n"));
    }

    private static void write(String option, Path file, Writing writing) {
        if (file == null) {
            return;
        }
        try {
            writing.to(file);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "'%s' cannot be written (%s); choose another file with %s."
                            .formatted(file, Reasons.of(e), option),
                    e);
        }
    }

    /** Writes a file. */
    @FunctionalInterface
    interface Writing {

        /**
         * Writes it.
         *
         * @param file the file
         * @throws IOException if it cannot be written
         */
        void to(Path file) throws IOException;
    }
}
