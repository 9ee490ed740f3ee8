package io.github.gan4j.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Reasons;
import io.github.gan4j.run.AtomicFile;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that keeps what was computed of real data: features, class probabilities, and their mean
 * and covariance. A file's name is the hash of the data, of the extractor's name and of this code's
 * version, so whatever changes, stale numbers are never found. Files appear whole or not at all; a
 * damaged one is made anew.
 */
public final class StatisticsCache {

    /** To be raised when the same data gives other statistics. */
    private static final int VERSION = 1;

    private static final Logger LOGGER = LoggerFactory.getLogger(StatisticsCache.class);
    private static final String FEATURES = "features";
    private static final String PROBABILITIES = "probabilities";
    private static final String MEAN = "mean";
    private static final String COVARIANCE = "covariance";

    /** The name of the metadata that holds a hash of the arrays. */
    private static final String HASH = "sha256";

    /** The system property that names the folder of the user's own cache. */
    private static final String FOLDER_PROPERTY = "gan4j.cache";

    private final Path folder;

    /**
     * Opens the user's own cache: the folder that the system property {@code gan4j.cache} names, or
     * {@code gan4j} in {@code XDG_CACHE_HOME}, or in {@code .cache} at home.
     *
     * @return the cache
     */
    public static StatisticsCache ofUser() {
        String named = System.getProperty(FOLDER_PROPERTY);
        if (named != null) {
            return new StatisticsCache(Path.of(named));
        }
        String caches = System.getenv("XDG_CACHE_HOME");
        Path root =
                caches == null || caches.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(caches);
        return new StatisticsCache(root.resolve("gan4j"));
    }

    /**
     * Uses a folder.
     *
     * @param folder the folder, which is made when something is to be kept
     */
    public StatisticsCache(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns evidence that was kept, or computes and keeps it. A folder that cannot be written
     * only costs the time to compute it again.
     *
     * @param data a hash of the data, see {@link ContentHash}: of all that the samples depend on,
     *     such as their number and the seed by which they were drawn
     * @param extractor the extractor's name, with its version
     * @param compute makes the evidence, with features of at least two samples
     * @return features, statistics, and, if the extractor classifies, probabilities; pictures,
     *     labels and given classes are not kept
     */
    public Evidence get(String data, String extractor, Supplier<Evidence> compute) {
        Path file = file(data, extractor);
        if (Files.exists(file)) {
            try {
                return read(file);
            } catch (InvalidInputException e) {
                LOGGER.warn("{} It is computed anew.", e.getMessage());
            }
        }
        Evidence evidence = compute.get();
        try {
            write(file, evidence);
        } catch (IOException e) {
            LOGGER.warn("Statistics cannot be kept in {}: {}.", file, Reasons.of(e));
        }
        return evidence;
    }

    /** The file that evidence is kept in. */
    Path file(String data, String extractor) {
        String key = new ContentHash().add(VERSION).add(extractor).add(data).toHex();
        return folder.resolve(key + ".safetensors");
    }

    private static Evidence read(Path file) {
        Safetensors saved = Safetensors.read(file);
        try (NDManager manager = Torch.newManager()) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            saved.getNames().forEach(name -> arrays.put(name, saved.get(manager, name)));
            if (!hash(arrays).equals(saved.getMetadata().get(HASH))) {
                throw new InvalidInputException("%s is damaged.".formatted(file));
            }
            Features features = Features.of(arrays.get(FEATURES));
            Evidence.Builder builder = Evidence.builder().optFeatures(features);
            if (arrays.containsKey(PROBABILITIES)) {
                builder.optProbabilities(Features.of(arrays.get(PROBABILITIES)));
            }
            double[] mean = arrays.get(MEAN).toDoubleArray();
            double[] covariance = arrays.get(COVARIANCE).toDoubleArray();
            builder.optGaussian(new Gaussian(features.getCount(), mean, covariance));
            return builder.build();
        }
    }

    private void write(Path file, Evidence evidence) throws IOException {
        Files.createDirectories(folder);
        Gaussian gaussian = evidence.getGaussian();
        int size = gaussian.getSize();
        try (NDManager manager = Torch.newManager();
                AtomicFile atomic = new AtomicFile(file)) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            arrays.put(COVARIANCE, array(manager, gaussian.covariance(), new Shape(size, size)));
            arrays.put(MEAN, array(manager, gaussian.mean(), new Shape(size)));
            arrays.put(FEATURES, array(manager, evidence.getFeatures()));
            if (evidence.has(Evidence.Part.PROBABILITIES)) {
                arrays.put(PROBABILITIES, array(manager, evidence.getProbabilities()));
            }
            Safetensors.write(atomic.getPartial(), arrays, Map.of(HASH, hash(arrays)));
            atomic.commit();
        }
    }

    private static String hash(Map<String, NDArray> arrays) {
        ContentHash hash = new ContentHash();
        arrays.forEach((name, array) -> hash.add(name).add(array));
        return hash.toHex();
    }

    private static NDArray array(NDManager manager, double[] values, Shape shape) {
        return manager.create(DoubleBuffer.wrap(values), shape);
    }

    private static NDArray array(NDManager manager, Features features) {
        Shape shape = new Shape(features.getCount(), features.getSize());
        return manager.create(FloatBuffer.wrap(features.values()), shape);
    }
}
