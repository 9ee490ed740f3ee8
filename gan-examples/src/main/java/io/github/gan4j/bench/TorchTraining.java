package io.github.gan4j.bench;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.gan4j.Domains;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.evaluation.SampleSet;
import io.github.gan4j.metric.Images;
import io.github.gan4j.run.NpyWriter;
import io.github.gan4j.run.RunConfig;
import io.github.gan4j.torch.Torch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains with PyTorch what gan4j would train: the same networks from the same distribution of
 * weights, with the same settings, on the same samples, for as many steps.
 */
public final class TorchTraining {

    private static final int BATCH = 1000;

    private final RunConfig config;
    private final SampleDataset dataset;
    private final PeerNetwork network;
    private final boolean conditional;
    private final Path python;

    /**
     * Prepares a training.
     *
     * @param config what gan4j would train
     * @param dataset the data set that it names
     * @param python a Python that has torch, as a path or a name
     * @throws InvalidInputException if there is no such Python, or its script trains nothing like
     *     it
     */
    public TorchTraining(RunConfig config, SampleDataset dataset, String python) {
        this.config = config.complete(dataset.getSampleSpec());
        this.dataset = dataset;
        if (dataset.getSampleSpec().domains() != Domains.ONE) {
            throw new InvalidInputException("PyTorch's script trains no translation here.");
        }
        Workload work =
                Workload.of(this.config, dataset.getSampleSpec(), Math.toIntExact(dataset.size()));
        conditional = work.gan().isConditional();
        network = PeerNetwork.of(work);
        if (!network.isAvailable()) {
            throw new InvalidInputException(network.reason());
        }
        this.python =
                Python.locate(python)
                        .filter(Python::hasTorch)
                        .orElseThrow(
                                () ->
                                        new InvalidInputException(
                                                "No Python '%s' with torch was found; give --python the path of one."
                                                        .formatted(python)));
    }

    /**
     * What a training came to.
     *
     * @param samples what the generator draws
     * @param wall seconds on the clock
     * @param cpu seconds of all processors together
     * @param version the version of torch
     */
    public record Outcome(SampleSet samples, double wall, double cpu, String version) {}

    /**
     * Trains, and draws samples. A training that is stopped has to start again.
     *
     * @param count the number of samples; of a conditional game the classes in turn
     * @param folder where the files go that the two programs exchange
     * @return the samples, and what they took
     * @throws InvalidInputException if PyTorch fails
     */
    public Outcome run(int count, Path folder) {
        try (PeerScript script = new PeerScript()) {
            Files.createDirectories(folder);
            Path made = folder.resolve("samples.npy");
            List<String> command = new ArrayList<>();
            command.addAll(List.of(python.toString(), script.getFile().toString()));
            command.addAll(network.arguments());
            command.addAll(List.of("--train", Long.toString(config.steps())));
            command.addAll(List.of("--seed", Long.toString(config.seed())));
            command.addAll(
                    List.of("--ema", String.valueOf(config.settings().get("movingAverage"))));
            command.addAll(List.of("--count", Integer.toString(count), "--out", made.toString()));
            command.addAll(writeSamples(folder));
            JsonNode answer = last(command);
            return new Outcome(
                    read(made),
                    answer.path("ms").asDouble() / 1000,
                    answer.path("cpu_ms").asDouble() / 1000,
                    answer.path("torch").asText());
        } catch (IOException e) {
            throw new UncheckedIOException("'" + folder + "' cannot be written.", e);
        }
    }

    /**
     * Tells whether the generator takes labels.
     *
     * @return whether it does
     */
    public boolean isConditional() {
        return conditional;
    }

    /** Writes what is trained on; returns the script's arguments for it. */
    private List<String> writeSamples(Path folder) throws IOException {
        SampleSet all = SampleSet.of(dataset, Integer.MAX_VALUE, 0);
        Path data = folder.resolve("data.npy");
        try (NpyWriter writer = new NpyWriter(data, all.size(), all.getSampleShape());
                NDManager manager = Torch.newManager()) {
            Images images = all.getImages();
            for (int from = 0; from < all.size(); from += BATCH) {
                try (NDManager local = manager.newSubManager()) {
                    writer.write(images.toArray(local, from, Math.min(all.size(), from + BATCH)));
                }
            }
        }
        if (!conditional) {
            return List.of("--data", data.toString());
        }
        int[] labels = all.getLabels();
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) labels[i];
        }
        Path file = Files.write(folder.resolve("labels.bin"), bytes);
        return List.of("--data", data.toString(), "--labels", file.toString());
    }

    private SampleSet read(Path made) {
        SampleSet samples = SampleSet.read(made);
        return conditional ? samples.withClassesInTurn(dataset.getSampleSpec().classes()) : samples;
    }

    /** Runs the script to its end, and returns what it said last. */
    private static JsonNode last(List<String> command) throws IOException {
        String last = "";
        try (PeerProcess process = new PeerProcess(command, false);
                BufferedReader lines = process.get().inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
            process.awaitComplaint();
            JsonNode answer = PeerProcess.parse(last);
            if (!answer.path("done").asBoolean()) {
                throw new InvalidInputException(
                        "PyTorch did not end its training%s.".formatted(process.complaint()));
            }
            return answer;
        }
    }
}
