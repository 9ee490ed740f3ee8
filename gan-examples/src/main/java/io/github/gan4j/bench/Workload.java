package io.github.gan4j.bench;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Devices;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.nn.Precision;
import io.github.gan4j.run.RunConfig;
import io.github.gan4j.run.Variants;
import io.github.gan4j.torch.Torch;
import java.util.Map;

/**
 * The work that all sides do.
 *
 * @param variant the variant's name
 * @param settings all hyper-parameters of the variant
 * @param samples what the pictures look like
 * @param batchSize pictures in a batch
 * @param device where to compute
 * @param threads threads that one operator may use
 * @param precision how accurately layers multiply
 * @param images pictures in the data set
 * @param gan the game, its networks not yet initialised
 */
record Workload(
        String variant,
        Map<String, Object> settings,
        SampleSpec samples,
        int batchSize,
        Device device,
        int threads,
        Precision precision,
        int images,
        Gan gan) {

    private static final int LEAST_IMAGES = 2048;

    /** Labels are made for conditional games only. */
    private static final int CLASSES = 10;

    /** Works out the work, with the variant's defaults for what is not given. */
    static Workload of(BenchOptions options) {
        int threads = options.threads == null ? Torch.getThreads() : options.threads;
        Variant<?> variant = Variants.find(options.variant);
        RunConfig config = RunConfig.defaults(variant, threads);
        config = config.with(Map.of("settings", PeerNetwork.equalSettings(options.variant)));
        config = config.with(Map.of("device", options.device, "precision", options.precision));
        for (Map.Entry<String, String> setting : options.settings.entrySet()) {
            config = config.withValue(setting.getKey(), setting.getValue());
        }
        if (options.batchSize != null) {
            config = config.with(Map.of("batchSize", options.batchSize));
        }
        int size = options.size == null ? PeerNetwork.defaultSize(options.variant) : options.size;
        SampleSpec samples = samples(variant.getDomains(), options.channels, size);
        int images = Math.max(LEAST_IMAGES, 4 * config.batchSize());
        if (images * samples.shape().size() > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    "%d images of %s are too much to hold; choose a smaller --batch-size or --size."
                            .formatted(images, samples.shape()));
        }
        return of(config, samples, images);
    }

    /** The work of a training. */
    static Workload of(RunConfig config, SampleSpec samples, int images) {
        RunConfig complete = config.complete(samples);
        return new Workload(
                complete.variant(),
                complete.settings(),
                samples,
                complete.batchSize(),
                Devices.parse(complete.device()),
                complete.threads(),
                complete.parsePrecision(),
                images,
                complete.buildGan(samples));
    }

    private static SampleSpec samples(Domains domains, Integer channels, int size) {
        if (domains == Domains.ONE) {
            return new SampleSpec(new Shape(channels == null ? 1 : channels, size, size), CLASSES);
        }
        Shape shape = new Shape(channels == null ? 3 : channels, size, size);
        return SampleSpec.ofDomains(shape, shape, domains == Domains.PAIRED);
    }
}
