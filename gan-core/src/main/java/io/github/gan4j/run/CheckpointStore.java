package io.github.gan4j.run;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a training, a file each, {@code step-00000500.safetensors}.
 *
 * <p>A checkpoint appears whole or not at all, whenever the process or the machine stops. It has a
 * checksum over all that it holds. One whose weights are not finite is never written.
 */
public final class CheckpointStore {

    static final String STEP = "step";

    private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointStore.class);
    private static final Pattern NAME = Pattern.compile("step-(\\d{8,18})\\.safetensors");

    private final Path folder;
    private final int keep;
    private final int every;
    private final Opener opener;

    /**
     * Constructs a store. Nothing is written or deleted before the first {@link #save}.
     *
     * @param folder the folder of the checkpoints, which need not be there yet
     * @param keep the number of checkpoints that are kept, at least 1
     */
    public CheckpointStore(Path folder, int keep) {
        this(folder, keep, 1);
    }

    /**
     * Constructs a store that keeps the checkpoints of a rhythm, and only the newest of those that
     * a stop in between has left.
     *
     * @param folder the folder of the checkpoints, which need not be there yet
     * @param keep the number of checkpoints of the rhythm that are kept, at least 1
     * @param every the rhythm in steps
     */
    public CheckpointStore(Path folder, int keep, int every) {
        this(
                folder,
                keep,
                every,
                file ->
                        FileChannel.open(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE));
    }

    CheckpointStore(Path folder, int keep, int every, Opener opener) {
        if (keep < 1) {
            throw new InvalidInputException(
                    "The number of checkpoints to keep is " + keep + "; choose 1 or more.");
        }
        this.folder = folder;
        this.keep = keep;
        this.every = every;
        this.opener = opener;
    }

    /**
     * Writes a checkpoint, and then deletes those before it that are too many.
     *
     * @param trainer the trainer, between steps
     * @param extra texts to save with it
     * @return the file
     * @throws TrainingException if an array is not finite, or the file cannot be written; the
     *     checkpoints that were there are there still
     */
    public Path save(GanTrainer trainer, Map<String, String> extra) {
        long step = trainer.getStep();
        Path file = folder.resolve(String.format(Locale.ROOT, "step-%08d.safetensors", step));
        write(file, trainer, extra);
        deleteOld(step);
        return file;
    }

    /**
     * Writes a checkpoint beside the others, over an earlier one of the same name; it is never
     * deleted.
     *
     * @param name the name of the file, without its extension
     * @param trainer the trainer, between steps
     * @param extra texts to save with it
     * @return the file
     * @throws TrainingException if an array is not finite, or the file cannot be written
     */
    public Path saveAs(String name, GanTrainer trainer, Map<String, String> extra) {
        Path file = folder.resolve(name + ".safetensors");
        write(file, trainer, extra);
        return file;
    }

    /**
     * Finds a checkpoint that was kept under a name.
     *
     * @param name the name of the file, without its extension
     * @return the checkpoint; empty if there is none, or it is damaged
     */
    Optional<Checkpoint> find(String name) {
        Path file = folder.resolve(name + ".safetensors");
        try {
            return Files.isRegularFile(file) ? Optional.of(load(file)) : Optional.empty();
        } catch (InvalidInputException e) {
            LOGGER.warn("{} It is not counted.", e.getMessage());
            return Optional.empty();
        }
    }

    private void write(Path file, GanTrainer trainer, Map<String, String> extra) {
        long step = trainer.getStep();
        try {
            Files.createDirectories(folder);
            deleteLeftovers();
            requireFinite(trainer);
            Map<String, NDArray> arrays = trainer.getArrays();
            Map<String, String> metadata =
                    CheckpointCodec.metadata(arrays, trainer.getCounters(), extra);
            try (AtomicFile atomic = new AtomicFile(file)) {
                try (WritableByteChannel channel = opener.open(atomic.getPartial())) {
                    Safetensors.write(channel, arrays, metadata);
                }
                atomic.commit();
            }
        } catch (IOException e) {
            throw unwritten(step, file, e);
        }
    }

    /**
     * Refuses a trainer whose weights are past use.
     *
     * @throws NonFiniteWeightsException if an array is not finite
     */
    void requireFinite(GanTrainer trainer) throws IOException {
        for (Map.Entry<String, NDArray> each : trainer.getArrays().entrySet()) {
            ArrayBytes.lend(
                    each.getValue(), bytes -> requireFinite(trainer.getStep(), each, bytes));
        }
    }

    private void requireFinite(long step, Map.Entry<String, NDArray> entry, ByteBuffer bytes) {
        NDArray array = entry.getValue();
        long index = FiniteCheck.firstNonFinite(array.getDataType(), bytes);
        if (index >= 0) {
            throw new NonFiniteWeightsException(
                    ("The training has diverged: after step %d, \"%s\" is not finite (element %d of"
                                    + " shape %s), and no checkpoint of it was written. %s; train"
                                    + " anew with a lower learning rate.")
                            .formatted(
                                    step,
                                    entry.getKey(),
                                    index,
                                    array.getShape(),
                                    stillThere(step)));
        }
    }

    private TrainingException unwritten(long step, Path file, IOException e) {
        String reason = Reasons.of(e);
        String mend =
                reason.contains("space") || reason.contains("quota")
                        ? "free some space"
                        : "mend that";
        return new TrainingException(
                "The checkpoint of step %d could not be written to '%s': %s. %s; %s and resume."
                        .formatted(step, file, reason, stillThere(step), mend),
                e);
    }

    /** The beginning of a sentence about the newest checkpoint before a step. */
    private String stillThere(long step) {
        List<Path> older;
        try {
            older = olderThan(step);
        } catch (UncheckedIOException e) {
            older = List.of();
        }
        return older.isEmpty()
                ? "There is no earlier checkpoint"
                : "The checkpoint of step %d is still there"
                        .formatted(stepOf(older.get(older.size() - 1)));
    }

    /** A process that was killed while it wrote leaves a file without a name. */
    private void deleteLeftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                String name = each.getFileName().toString();
                if (name.endsWith(AtomicFile.SUFFIX)
                        && NAME.matcher(name.replace(AtomicFile.SUFFIX, "")).matches()) {
                    Files.delete(each);
                }
            }
        }
    }

    private void deleteOld(long step) {
        List<Path> older = new ArrayList<>(olderThan(step));
        List<Path> usual = older.stream().filter(file -> stepOf(file) % every == 0).toList();
        int room = step % every == 0 ? keep - 1 : keep;
        older.removeAll(usual.subList(Math.max(0, usual.size() - room), usual.size()));
        for (Path each : older) {
            try {
                Files.delete(each);
            } catch (IOException e) {
                LOGGER.warn("The old checkpoint '{}' cannot be deleted: {}", each, Reasons.of(e));
            }
        }
    }

    /**
     * Lists the checkpoints.
     *
     * @return the files, that of the earliest step first
     */
    public List<Path> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> stepOf(file) >= 0)
                    .sorted(Comparator.comparingLong(CheckpointStore::stepOf))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder '" + folder + "' cannot be read.", e);
        }
    }

    /** Deletes the checkpoints of later steps, which are not to be gone on from. */
    void deleteAfter(long step) {
        try {
            for (Path each : list()) {
                if (stepOf(each) > step) {
                    Files.delete(each);
                }
            }
        } catch (IOException e) {
            throw new TrainingException(
                    "The checkpoints after step %d cannot be deleted from '%s': %s. Delete them, and resume."
                            .formatted(step, folder, Reasons.of(e)),
                    e);
        }
    }

    private List<Path> olderThan(long step) {
        return list().stream().filter(file -> stepOf(file) < step).toList();
    }

    /** The step that the name of a file tells, or -1. */
    private static long stepOf(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /**
     * Finds the newest checkpoint.
     *
     * @return the file, unread; empty if there is none
     */
    public Optional<Path> latest() {
        List<Path> files = list();
        return files.isEmpty() ? Optional.empty() : Optional.of(files.get(files.size() - 1));
    }

    /**
     * Reads the newest checkpoint. If it is damaged, no older one is taken in its place, because
     * that decision is the user's: the message tells which one is whole.
     *
     * @return the checkpoint; empty if there is none
     * @throws InvalidInputException if it is damaged
     */
    public Optional<Checkpoint> loadLatest() {
        return latest().map(this::load);
    }

    /**
     * Reads a checkpoint and checks that it is whole.
     *
     * @param file the file
     * @return the checkpoint
     * @throws InvalidInputException if it is not there, or damaged
     */
    public Checkpoint load(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    "There is no checkpoint '%s'; there are %s."
                            .formatted(
                                    file,
                                    list().isEmpty()
                                            ? "none in '" + folder + "'"
                                            : String.join(
                                                    ", ",
                                                    list().stream().map(Path::toString).toList())));
        }
        try {
            return CheckpointCodec.read(file);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    "The checkpoint '%s' is damaged: %s. %s"
                            .formatted(file, e.getMessage(), afterDamage(file)),
                    e);
        }
    }

    private String afterDamage(Path damaged) {
        List<Path> older = olderThan(stepOf(damaged));
        for (int i = older.size() - 1; i >= 0; i--) {
            try {
                CheckpointCodec.read(older.get(i));
            } catch (InvalidInputException e) {
                continue;
            }
            long step = stepOf(older.get(i));
            String delete = i == older.size() - 1 ? "it" : "those after step " + step;
            return "Delete %s, and resume goes on from step %d ('%s' is whole)."
                    .formatted(delete, step, older.get(i));
        }
        return "No earlier one is whole; train anew in another folder.";
    }

    /** Opens a file for writing. */
    @FunctionalInterface
    interface Opener {
        WritableByteChannel open(Path file) throws IOException;
    }
}
