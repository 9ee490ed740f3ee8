package io.github.gan4j.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.gan4j.Devices;
import java.util.List;
import java.util.Map;

/**
 * The figures of a benchmark.
 *
 * @param variant the variant's name
 * @param sampleShape the shape of a sample
 * @param batchSize samples in a batch
 * @param device where all sides computed, for instance {@code gpu:0}
 * @param threads threads of each side
 * @param precision how accurately gan4j's layers multiply
 * @param settings the hyper-parameters of the variant
 * @param parameters trainable parameters by network; the same on all sides
 * @param steps timed steps of each side
 * @param rounds turns of each side
 * @param earlySteps the timed steps after which memory was looked at first
 * @param machine what it ran on
 * @param torch the version of torch on the PyTorch side; {@code null} if there was none
 * @param sides all sides, gan4j first
 * @param notes what has to be said about the figures
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchReport(
        String variant,
        long[] sampleShape,
        int batchSize,
        String device,
        int threads,
        String precision,
        Map<String, Object> settings,
        Map<String, Long> parameters,
        int steps,
        int rounds,
        int earlySteps,
        Machine machine,
        String torch,
        List<Side> sides,
        List<String> notes)
        implements Figures {

    /**
     * The figures of a side.
     *
     * @param name the side
     * @param stepMilliseconds the time of a step, over all steps
     * @param turnMilliseconds the time of a turn by its steps, over all turns
     * @param imagesPerSecond real images trained on in a second, by the median turn
     * @param fasterBy how many times as long this side takes for a turn as gan4j in the same round;
     *     {@code null} for gan4j
     * @param generatedPerSecond images generated in a second, by the median turn; {@code null} if
     *     none were
     * @param early memory early on
     * @param end memory after the last step
     * @param coresBusy cores that the side's process kept busy in its own turns; {@code null} if it
     *     is not known
     * @param coresBusyWhenIdle cores that it kept busy in the turns of others, likewise
     * @param rounds the time of each turn by its steps, in milliseconds
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Side(
            String name,
            Statistics stepMilliseconds,
            Statistics turnMilliseconds,
            double imagesPerSecond,
            Statistics fasterBy,
            Double generatedPerSecond,
            Memory early,
            Memory end,
            Double coresBusy,
            Double coresBusyWhenIdle,
            List<Double> rounds) {

        static Side of(Score score, Score reference, int batchSize, int generated) {
            Statistics turns = Statistics.of(score.rounds);
            return new Side(
                    score.contestant.getName(),
                    Statistics.of(score.steps),
                    turns,
                    batchSize * 1000 / turns.median(),
                    score == reference ? null : Statistics.of(score.ratiosTo(reference)),
                    perSecond(score.generations, generated),
                    score.early,
                    score.end,
                    score.coresBusy(),
                    score.coresBusyWhenIdle(),
                    List.copyOf(score.rounds));
        }

        private static Double perSecond(List<Double> generations, int generated) {
            if (generations.isEmpty()) {
                return null;
            }
            double rate = generated * 1000 / Statistics.of(generations).median();
            return Double.isFinite(rate) ? rate : null;
        }
    }

    static BenchReport of(
            Workload work,
            Map<String, Long> parameters,
            Plan plan,
            String torch,
            List<Score> scores,
            List<String> notes) {
        Score ours = scores.get(0);
        return new BenchReport(
                work.variant(),
                work.samples().shape().getShape(),
                work.batchSize(),
                Devices.format(work.device()),
                work.threads(),
                work.precision().toString(),
                work.settings(),
                parameters,
                plan.steps(),
                plan.rounds(),
                plan.stepsUntil(plan.earlyRound()),
                Machine.describe(work.device()),
                torch,
                scores.stream()
                        .map(score -> Side.of(score, ours, work.batchSize(), plan.images()))
                        .toList(),
                List.copyOf(notes));
    }

    @Override
    public String toText() {
        return new BenchTable(this).toString();
    }
}
