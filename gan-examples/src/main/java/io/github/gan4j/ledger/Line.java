package io.github.gan4j.ledger;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.run.RunConfig;
import io.github.gan4j.run.Variants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of the ledger: what is trained, and how it is measured.
 *
 * @param name the name, which {@code --only} takes: lower-case words joined by hyphens
 * @param variant the variant; {@code real} for the training samples themselves, the best that a
 *     generator could do
 * @param program {@code pytorch} if the variant is trained by PyTorch, with the same networks and
 *     settings; {@code null} for gan4j
 * @param dataset the data set
 * @param steps how long to train; {@code null} for the variant's default
 * @param seeds a training each
 * @param options other options of a run than their defaults, as in {@code config.yaml}
 * @param settings other settings of the variant than their defaults
 * @param measures what is measured; empty for what the ledger takes of such data
 * @param samples how many samples are measured; {@code null} for what the protocol takes
 * @param published numbers of others beside it
 * @param note a remark on the page; {@code null} for none
 */
public record Line(
        String name,
        String variant,
        String program,
        String dataset,
        Long steps,
        List<Long> seeds,
        Map<String, Object> options,
        Map<String, Object> settings,
        List<String> measures,
        Integer samples,
        List<Published> published,
        String note) {

    /** The variant that is none: the training samples. */
    public static final String REAL = "real";

    private static final String PYTORCH = "pytorch";

    /**
     * A number that others found.
     *
     * @param column the protocol, or, where it was measured in another way, what it is
     * @param value the number
     * @param source where it stands
     */
    public record Published(String column, double value, String source) {}

    /**
     * Constructs a line.
     *
     * @param name the name
     * @param variant the variant
     * @param program what trains it
     * @param dataset the data set
     * @param steps how long to train
     * @param seeds a training each
     * @param options other options of a run
     * @param settings other settings of the variant
     * @param measures what is measured
     * @param samples how many samples are measured
     * @param published numbers of others
     * @param note a remark
     * @throws InvalidInputException if a value is missing, the program is unknown, or the options
     *     name a data set, too
     */
    public Line {
        if (name == null || !name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new InvalidInputException(
                    "A line of the ledger is called '%s'; use lower-case words joined by hyphens."
                            .formatted(name));
        }
        if (variant == null || dataset == null || seeds == null || seeds.isEmpty()) {
            throw new InvalidInputException(
                    "The line '%s' of the ledger needs variant, dataset and seeds."
                            .formatted(name));
        }
        if (program != null && !program.equals(PYTORCH)) {
            throw new InvalidInputException(
                    "The line '%s' of the ledger has the program '%s'; it can be %s, or left out."
                            .formatted(name, program, PYTORCH));
        }
        if (options != null
                && options.get("dataset") instanceof Map<?, ?> data
                && data.containsKey("name")) {
            throw new InvalidInputException(
                    "The line '%s' of the ledger names its data set twice; leave the name out of the options."
                            .formatted(name));
        }
        seeds = List.copyOf(seeds);
        options = options == null ? Map.of() : options;
        settings = settings == null ? Map.of() : settings;
        measures = measures == null ? List.of() : List.copyOf(measures);
        published = published == null ? List.of() : List.copyOf(published);
    }

    /**
     * Tells whether nothing is trained.
     *
     * @return whether the line measures real samples
     */
    boolean isReal() {
        return variant.equals(REAL);
    }

    /**
     * Tells whether PyTorch trains it.
     *
     * @return whether the line is there for comparison
     */
    boolean isOfPyTorch() {
        return program != null;
    }

    /**
     * Returns what is trained for a seed.
     *
     * @param seed the seed
     * @param threads the number of threads that one operator may use
     * @return a configuration that draws pictures only at the end
     * @throws InvalidInputException if a name is unknown
     */
    RunConfig config(long seed, int threads) {
        RunConfig defaults = RunConfig.defaults(Variants.find(variant), threads);
        long length = length();
        int rarely = (int) Math.min(Integer.MAX_VALUE, length);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("steps", length);
        values.put("seed", seed);
        values.put("sampleEvery", rarely);
        values.put("logEvery", Math.max(10, rarely / 500));
        values.put("checkpointEvery", Math.max(100, rarely / 20));
        values.put("keepCheckpoints", 1);
        values.put("settings", settings);
        values.putAll(options);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", dataset);
        if (options.get("dataset") instanceof Map<?, ?> more) {
            more.forEach((key, value) -> data.put(String.valueOf(key), value));
        }
        values.put("dataset", data);
        return defaults.with(values);
    }

    /** How many steps a training takes; 0 if nothing is trained, or no such variant is known. */
    long length() {
        if (isReal()) {
            return 0;
        }
        if (steps != null) {
            return steps;
        }
        try {
            return Variants.find(variant).getDefaultSteps();
        } catch (InvalidInputException e) {
            return 0; // said when it is to be trained
        }
    }

    /** What a kept result must agree with, so that it is one of this line. */
    Map<String, Object> spec() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("variant", variant);
        if (program != null) {
            spec.put("program", program);
        }
        spec.put("dataset", dataset);
        spec.put("steps", length());
        spec.put("options", options);
        spec.put("settings", settings);
        spec.put("measures", measures);
        spec.put("samples", samples);
        return spec;
    }
}
