package io.github.gan4j.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Memory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A checkpoint that was read and found whole: everything that the next step of a training depends
 * on.
 */
public final class Checkpoint {

    private final Path file;
    private final Safetensors content;
    private final Map<String, Long> counters;
    private final Map<String, String> extra;

    Checkpoint(
            Path file, Safetensors content, Map<String, Long> counters, Map<String, String> extra) {
        this.file = file;
        this.content = content;
        this.counters = Collections.unmodifiableMap(counters);
        this.extra = Collections.unmodifiableMap(extra);
    }

    /**
     * Returns where it is.
     *
     * @return the file
     */
    public Path getFile() {
        return file;
    }

    /**
     * Returns the number of steps that the training had done.
     *
     * @return the step
     */
    public long getStep() {
        return counters.get(CheckpointStore.STEP);
    }

    /**
     * Returns what was saved beside the state of the training.
     *
     * @return texts by name
     */
    public Map<String, String> getExtra() {
        return extra;
    }

    /**
     * Returns the arrays.
     *
     * @return the file, to read arrays from
     */
    public Safetensors getArrays() {
        return content;
    }

    /**
     * Brings a trainer to where the training was. Nothing is changed if it cannot be done.
     *
     * @param trainer a trainer of the same networks and optimisers
     * @throws InvalidInputException if the arrays of the trainer have other names, shapes or types
     */
    public void restore(GanTrainer trainer) {
        Map<String, NDArray> arrays = trainer.getArrays();
        arrays.keySet().removeIf(Checkpoint::isMemory);
        arrays.forEach(this::check);
        for (String name : content.getNames()) {
            if (!arrays.containsKey(name) && !isMemory(name)) {
                throw changed("it has no \"%s\" any more".formatted(name));
            }
        }
        Map<String, Long> restored = new LinkedHashMap<>();
        for (String name : trainer.getCounters().keySet()) {
            if (!counters.containsKey(name)) {
                throw changed("the file does not count \"%s\"".formatted(name));
            }
            restored.put(name, counters.get(name));
        }
        arrays.forEach(content::copyTo);
        restoreMemory(trainer);
        trainer.restoreCounters(restored);
    }

    private void restoreMemory(GanTrainer trainer) {
        Memory memory = trainer.getMemory();
        memory.clear();
        try (NDManager manager = trainer.getManager().newSubManager()) {
            for (String name : content.getNames()) {
                if (isMemory(name)) {
                    NDArray array = content.get(manager, name);
                    memory.put(name.substring(GanTrainer.MEMORY.length()), array);
                }
            }
        }
    }

    private static boolean isMemory(String name) {
        return name.startsWith(GanTrainer.MEMORY);
    }

    private void check(String name, NDArray array) {
        if (!content.getNames().contains(name)) {
            throw changed("the file has no \"%s\"".formatted(name));
        }
        if (!content.getShape(name).equals(array.getShape())) {
            throw changed(
                    "\"%s\" has shape %s in the file and %s now"
                            .formatted(name, content.getShape(name), array.getShape()));
        }
        if (content.getDataType(name) != array.getDataType()) {
            throw changed(
                    "\"%s\" is %s in the file and %s now"
                            .formatted(name, content.getDataType(name), array.getDataType()));
        }
    }

    private InvalidInputException changed(String difference) {
        return new InvalidInputException(
                ("The network has changed since '%s' was written: %s. Go on with the settings and"
                                + " the version of gan4j that it was written with, or train anew.")
                        .formatted(file, difference));
    }
}
