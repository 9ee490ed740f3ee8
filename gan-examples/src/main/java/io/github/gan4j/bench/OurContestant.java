package io.github.gan4j.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.RandomAccessDataset;
import io.github.gan4j.Direction;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.run.NetworkSummary;
import io.github.gan4j.run.SampleBatches;
import io.github.gan4j.torch.Torch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** gan4j: the trainer that users call, on random pictures that are read ahead. */
final class OurContestant implements Contestant {

    /** As {@code gan4j translate} has it. */
    private static final int TRANSLATED_BATCH = 16;

    private final String name;
    private final GanTrainer trainer;
    private final List<Double> times = new ArrayList<>();

    OurContestant(Workload work) {
        this("gan4j", work);
    }

    OurContestant(String name, Workload work) {
        this.name = name;
        Torch.setThreads(work.threads());
        trainer =
                GanTrainer.builder()
                        .setGan(work.gan())
                        .setDataset(images(work))
                        .optBatchSize(work.batchSize())
                        .optDevice(work.device())
                        .optPrecision(work.precision())
                        .addListener(new StepTimes())
                        .build();
    }

    private static RandomAccessDataset images(Workload work) {
        Domains domains = work.samples().domains();
        if (domains != Domains.ONE) {
            return SyntheticImages.ofDomains(
                    work.images(), work.samples().shape(), domains == Domains.PAIRED);
        }
        int classes = work.gan().isConditional() ? work.samples().classes() : 0;
        List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new SyntheticImages(work.images(), work.samples().shape(), names);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Map<String, Long> getParameters() {
        Map<String, Long> counts = new LinkedHashMap<>();
        trainer.getGan()
                .getNetworks()
                .forEach(
                        (name, network) ->
                                counts.put(
                                        name, NetworkSummary.countParameters(network.getBlock())));
        return counts;
    }

    @Override
    public Turn run(int steps) {
        times.clear();
        long start = System.nanoTime();
        trainer.train(trainer.getStep() + steps);
        // A step reads its losses, but its last gradients and weights may still be on their way.
        await(trainer.getArrays().values().iterator().next());
        double milliseconds = (System.nanoTime() - start) / 1e6;
        return new Turn(times.stream().mapToDouble(Double::doubleValue).toArray(), milliseconds);
    }

    @Override
    public Memory memory() {
        return Memory.ofThisProcess(trainer.getManager().getManagedArrays().size());
    }

    @Override
    public double generate(int count) {
        Gan gan = trainer.getGan();
        if (gan.getGenerator() == null) {
            return translate(count);
        }
        long[] labels = gan.isConditional() ? new long[count] : null;
        long start = System.nanoTime();
        new SampleBatches(gan, trainer.getManager(), trainer::generate)
                .forEach(count, labels, 0, (first, samples) -> await(samples));
        return (System.nanoTime() - start) / 1e6;
    }

    private double translate(int count) {
        Shape picture = trainer.getGan().getTranslators().get(Direction.A_TO_B).getLatentShape();
        long start = System.nanoTime();
        for (int done = 0; done < count; done += TRANSLATED_BATCH) {
            int n = Math.min(TRANSLATED_BATCH, count - done);
            try (NDManager manager = trainer.getManager().newSubManager()) {
                NDArray pictures = manager.randomNormal(new Shape(n).addAll(picture));
                await(trainer.translate(Direction.A_TO_B, pictures));
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }

    /**
     * Waits until an array is there. A GPU does what it was told to while its caller goes on, and a
     * clock that is read then is too early; to read a number is to wait for all that comes before.
     */
    private static void await(NDArray array) {
        try (NDScope scope = new NDScope()) {
            array.getFloat(new long[array.getShape().dimension()]);
        }
    }

    @Override
    public Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        trainer.close();
    }

    private final class StepTimes implements TrainingListener {

        @Override
        public void onStep(GanTrainer t, StepReport report) {
            times.add(report.milliseconds());
        }
    }
}
