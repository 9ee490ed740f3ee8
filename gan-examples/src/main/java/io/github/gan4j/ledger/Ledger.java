package io.github.gan4j.ledger;

import ai.djl.Device;
import io.github.gan4j.Devices;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.NonFiniteTermException;
import io.github.gan4j.bench.Machine;
import io.github.gan4j.process.ThisProgram;
import io.github.gan4j.run.AtomicFile;
import io.github.gan4j.run.TrainingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ledger: tables of lines, each trained for some seeds and measured, and the page that shows
 * them.
 */
public final class Ledger {

    private final Path folder;
    private final Path page;
    private final Path scratch;
    private final List<String> only;
    private final List<Long> seeds;
    private final String commit;
    private final Device device;
    private final String hardware;
    private final boolean keepRuns;
    private final String python;
    private final PrintWriter log;
    private final List<Table> tables;
    private final Results results;

    private Ledger(Builder builder) {
        folder = builder.folder;
        page = builder.page;
        scratch = builder.scratch;
        only = builder.only;
        seeds = builder.seeds;
        commit = builder.commit;
        device = builder.device;
        hardware = builder.hardware;
        keepRuns = builder.keepRuns;
        python = builder.python;
        log = builder.log;
        tables = Table.readAll(folder);
        results = new Results(folder.resolve("results"));
        for (String pattern : only) {
            if (lines().stream().noneMatch(line -> matches(pattern, line))) {
                throw new InvalidInputException(
                        "No line of the ledger is called '%s'; 'gan4j ledger --list' shows all."
                                .formatted(pattern));
            }
        }
        for (long seed : seeds) {
            if (chosen().stream().noneMatch(line -> line.seeds().contains(seed))) {
                throw new InvalidInputException(
                        "No line that was asked for has the seed %d; 'gan4j ledger --list' shows all."
                                .formatted(seed));
            }
        }
    }

    /**
     * Starts to describe a ledger.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    private List<Line> lines() {
        return tables.stream().flatMap(table -> table.lines().stream()).toList();
    }

    /** The lines that are worked on. */
    private List<Line> chosen() {
        return lines().stream()
                .filter(
                        line ->
                                only.isEmpty()
                                        || only.stream().anyMatch(name -> matches(name, line)))
                .toList();
    }

    private static boolean matches(String pattern, Line line) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return line.name().matches(regex);
    }

    /** A training of a line. */
    private record Item(Line line, long seed) {}

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (Line line : chosen()) {
            for (long seed : line.seeds()) {
                if (seeds.isEmpty() || seeds.contains(seed)) {
                    items.add(new Item(line, seed));
                }
            }
        }
        return items;
    }

    /**
     * Lists what there is to do.
     *
     * @param out where it goes
     */
    public void list(PrintWriter out) {
        for (Item item : items()) {
            boolean done = results.find(item.line(), item.seed()).isPresent();
            out.printf(
                    "%s  %s seed %d%n", done ? "done" : "to do", item.line().name(), item.seed());
        }
        out.flush();
    }

    /**
     * Does what there is to do.
     *
     * @param jobs the number of processes that share it
     * @return the number of trainings that failed, each of which has been told
     */
    public int work(int jobs) {
        InvalidInputException.requireAtLeast(1, "--jobs", jobs);
        return jobs == 1 ? workHere() : workInProcesses(jobs);
    }

    private int workHere() {
        String where = hardware == null ? Machine.describe(device).processor() : hardware;
        Worker worker = new Worker(results, scratch, device, where, commit(), keepRuns, python);
        int failures = 0;
        List<Item> items = new ArrayList<>(items());
        // The longest first, so that processes end at about the same time.
        items.sort(Comparator.comparingLong(item -> -item.line().length()));
        for (Item item : items) {
            String name = item.line().name() + " seed " + item.seed();
            if (results.find(item.line(), item.seed()).isPresent()) {
                continue;
            }
            try {
                Optional<Result> result = worker.work(item.line(), item.seed());
                result.ifPresentOrElse(
                        r ->
                                say(
                                        "%s: %s, trained in %.0f s, measured in %.0f s",
                                        name,
                                        r.scores(),
                                        r.trainingSeconds(),
                                        r.evaluationSeconds()),
                        () -> say("%s is in other hands", name));
            } catch (InvalidInputException | TrainingException | NonFiniteTermException e) {
                failures++;
                say("%s failed: %s", name, e.getMessage());
            }
        }
        return failures;
    }

    private void say(String format, Object... arguments) {
        log.printf(format + "%n", arguments);
        log.flush();
    }

    /** Starts this program again, several times; the locks of the ledger share out the work. */
    private int workInProcesses(int jobs) {
        List<String> command = ThisProgram.command("ledger", "--jobs", "1");
        command.addAll(List.of("--ledger", folder.toString(), "--out", page.toString()));
        command.addAll(List.of("--scratch", scratch.toString(), "--commit", commit()));
        command.addAll(List.of("--python", python, "--device", Devices.format(device)));
        if (!only.isEmpty()) {
            command.addAll(List.of("--only", String.join(",", only)));
        }
        if (!seeds.isEmpty()) {
            command.addAll(
                    List.of(
                            "--seeds",
                            String.join(",", seeds.stream().map(String::valueOf).toList())));
        }
        if (hardware != null) {
            command.addAll(List.of("--hardware", hardware));
        }
        if (keepRuns) {
            command.add("--keep-runs");
        }
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < jobs; i++) {
                ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
                builder.environment().putIfAbsent("OMP_NUM_THREADS", String.valueOf(threads));
                processes.add(builder.start());
            }
            int failures = 0;
            for (Process process : processes) {
                failures += process.waitFor() == 0 ? 0 : 1;
            }
            return failures;
        } catch (IOException e) {
            throw new UncheckedIOException("Another Java could not be started.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            processes.forEach(Process::destroy);
        }
    }

    private String commit() {
        return commit == null || commit.isBlank() ? Commit.ofWorkingTree() : commit;
    }

    /** Writes the page from what is done. */
    public void writePage() {
        String text = new Page(results).write(tables);
        try (AtomicFile atomic = new AtomicFile(page)) {
            Files.createDirectories(page.toAbsolutePath().getParent());
            Files.writeString(atomic.getPartial(), text);
            atomic.commit();
        } catch (IOException e) {
            throw new UncheckedIOException("'" + page + "' cannot be written.", e);
        }
        say("Written to %s", page);
    }

    /** Describes a {@link Ledger}. */
    public static final class Builder {

        private Path folder;
        private Path page;
        private Path scratch;
        private List<String> only = List.of();
        private List<Long> seeds = List.of();
        private String commit;
        private Device device = Device.cpu();
        private String hardware;
        private boolean keepRuns;
        private String python = "python3";
        private PrintWriter log = new PrintWriter(System.err, true);

        private Builder() {}

        /**
         * Sets the folder of the tables.
         *
         * @param folder holds {@code *.yaml}, and the results in {@code results}
         * @return this builder
         */
        public Builder setFolder(Path folder) {
            this.folder = folder;
            return this;
        }

        /**
         * Sets the page.
         *
         * @param page a Markdown file
         * @return this builder
         */
        public Builder setPage(Path page) {
            this.page = page;
            return this;
        }

        /**
         * Sets where runs go while they are trained.
         *
         * @param scratch a folder
         * @return this builder
         */
        public Builder setScratch(Path scratch) {
            this.scratch = scratch;
            return this;
        }

        /**
         * Sets which lines are worked on.
         *
         * @param only names, in which * stands for anything; empty, unless set, for all
         * @return this builder
         */
        public Builder optOnly(List<String> only) {
            this.only = List.copyOf(only);
            return this;
        }

        /**
         * Sets which seeds are worked on.
         *
         * @param seeds seeds; empty, unless set, for all
         * @return this builder
         */
        public Builder optSeeds(List<Long> seeds) {
            this.seeds = List.copyOf(seeds);
            return this;
        }

        /**
         * Sets the version of gan4j.
         *
         * @param commit a hash; what git says unless set
         * @return this builder
         */
        public Builder optCommit(String commit) {
            this.commit = commit;
            return this;
        }

        /**
         * Sets where training and measuring compute.
         *
         * @param device the CPU unless set
         * @return this builder
         */
        public Builder optDevice(Device device) {
            this.device = device;
            return this;
        }

        /**
         * Sets what this runs on.
         *
         * @param hardware a few words; the model of the processor or the GPU unless set
         * @return this builder
         */
        public Builder optHardware(String hardware) {
            this.hardware = hardware;
            return this;
        }

        /**
         * Sets whether runs are left in place.
         *
         * @param keepRuns {@code false} unless set
         * @return this builder
         */
        public Builder optKeepRuns(boolean keepRuns) {
            this.keepRuns = keepRuns;
            return this;
        }

        /**
         * Sets what trains the lines of PyTorch.
         *
         * @param python the name or the path of a Python that has torch; {@code python3} unless set
         * @return this builder
         */
        public Builder optPython(String python) {
            this.python = python;
            return this;
        }

        /**
         * Sets where is told what is done.
         *
         * @param log the standard error unless set
         * @return this builder
         */
        public Builder optLog(PrintWriter log) {
            this.log = log;
            return this;
        }

        /**
         * Reads the tables.
         *
         * @return the ledger
         * @throws InvalidInputException if a table cannot be read, or a line is unknown
         */
        public Ledger build() {
            return new Ledger(this);
        }
    }
}
