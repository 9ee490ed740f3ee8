package io.github.gan4j.bench;

import io.github.gan4j.nn.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All that PyTorch can be compared in. */
final class BenchSuite {

    private static final List<Line> LINES =
            List.of(
                    new Line("gan", 28),
                    new Line("cgan", 28),
                    new Line("dcgan", 28),
                    new Line("dcgan", 64),
                    new Line("wgan-gp", 32),
                    new Line("cyclegan", 32),
                    new Line("cyclegan", 64),
                    new Line("pix2pix", 32));

    private BenchSuite() {}

    private record Line(String variant, int size) {}

    /**
     * Measures each line in float32, and in bfloat16 where the processor has instructions for it.
     *
     * @param options rounds, threads and the like
     * @param progress is told a line now and then
     * @return a report for each line and precision
     */
    static SuiteReport run(BenchOptions options, Consumer<String> progress) {
        List<Precision> precisions = new ArrayList<>(List.of(Precision.FLOAT32));
        if (Precision.parse("auto") != Precision.FLOAT32) {
            precisions.add(Precision.parse("auto"));
        }
        List<BenchReport> reports = new ArrayList<>();
        for (Line line : LINES) {
            for (Precision precision : precisions) {
                progress.accept(
                        "%s, %d pixels, %s".formatted(line.variant(), line.size(), precision));
                BenchOptions one = options.copy();
                one.variant = line.variant();
                one.size = line.size();
                one.precision = precision.toString();
                reports.add(Benchmark.run(one, progress));
            }
        }
        return new SuiteReport(reports);
    }
}
