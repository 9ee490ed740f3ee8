package io.github.gan4j.bench;

import io.github.gan4j.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures how fast a variant trains, and how much memory it takes, beside the same network trained
 * by PyTorch on the same machine with as many threads.
 *
 * <p>All sides are there at the same time and take turns. The processor runs one at a time.
 */
final class Benchmark implements AutoCloseable {

    /** How long PyTorch may be silent, in addition to time for its work. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final BenchOptions options;
    private final Consumer<String> progress;
    private final Workload work;
    private final List<Contestant> contestants = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String torchVersion;

    private Benchmark(BenchOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        Optional<Path> python = Optional.ofNullable(options.python).map(Python::require);
        work = Workload.of(options);
        contestants.add(new OurContestant(work));
        try {
            addPeers(python);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Runs a benchmark.
     *
     * @param options what to measure
     * @param progress is told a line now and then
     * @return the figures
     * @throws InvalidInputException if it cannot be measured, or the PyTorch process fails
     */
    static BenchReport run(BenchOptions options, Consumer<String> progress) {
        try (Benchmark benchmark = new Benchmark(options, progress)) {
            return benchmark.measure();
        }
    }

    private BenchReport measure() {
        Turns turns = new Turns(contestants, Turns.PAUSE, progress);
        double estimate = turns.warmUp(options.warmUpSteps(), options.steps);
        Plan plan = options.plan(estimate);
        turns.play(plan);
        return BenchReport.of(
                work,
                contestants.get(0).getParameters(),
                plan,
                torchVersion,
                turns.getScores(),
                notes);
    }

    private void addPeers(Optional<Path> named) {
        if (options.noPython) {
            return;
        }
        PeerNetwork network = PeerNetwork.of(work);
        if (!network.isAvailable()) {
            notes.add("gan4j alone was timed. " + network.reason());
            return;
        }
        Optional<Path> python = named.or(this::findPython);
        if (python.isEmpty()) {
            return;
        }
        List<TorchPeer> peers = new ArrayList<>();
        try (PeerScript script = new PeerScript()) {
            for (String form : PeerNetwork.FORMS) {
                progress.accept("starting PyTorch " + form);
                List<String> command = new ArrayList<>();
                command.addAll(List.of(python.get().toString(), script.getFile().toString()));
                command.addAll(network.arguments(form));
                peers.add(new TorchPeer(form, command, PATIENCE));
                contestants.add(peers.get(peers.size() - 1));
            }
        } catch (InvalidInputException e) {
            if (named.isPresent()) {
                throw e;
            }
            peers.forEach(TorchPeer::close);
            contestants.removeAll(peers);
            notes.add("gan4j alone was timed. " + e.getMessage());
            return;
        }
        peers.forEach(this::requireEqual);
        torchVersion = peers.get(0).getVersion();
        notes.addAll(network.additions());
    }

    private Optional<Path> findPython() {
        Optional<Path> python = Python.locate("python3").filter(Python::hasTorch);
        if (python.isEmpty()) {
            notes.add(
                    ("gan4j alone was timed: no python3 with torch was found. To compare, %s,"
                                    + " or give --python PATH.")
                            .formatted(Python.howToGet("python3")));
        }
        return python;
    }

    /** Both sides must train the same network with as many threads, or no ratio means anything. */
    private void requireEqual(TorchPeer peer) {
        Map<String, Long> ours = new LinkedHashMap<>(contestants.get(0).getParameters());
        if (!ours.equals(peer.getParameters())) {
            throw new InvalidInputException(
                    ("The networks differ: gan4j's have %s parameters, those of %s %s;"
                                    + " use --no-python.")
                            .formatted(ours, peer.getName(), peer.getParameters()));
        }
        if (peer.getThreads() != work.threads()) {
            throw new InvalidInputException(
                    "gan4j has %d threads, but %s took %d; choose another number with --threads."
                            .formatted(work.threads(), peer.getName(), peer.getThreads()));
        }
    }

    @Override
    public void close() {
        contestants.forEach(Contestant::close);
    }
}
