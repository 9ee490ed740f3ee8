package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Seeds;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedGeneratorTest {

    @TempDir Path temp;
    private Path folder;
    private NDManager manager;

    /** What the trainer itself would draw at the end, from the latents of the sample pictures. */
    private float[] expected;

    private float[] latents;

    @BeforeEach
    void train() {
        folder = temp.resolve("run");
        manager = Torch.newManager();
        RunConfig config = RunConfig.defaults(Variants.find("toy"), 1);
        try (Run run = Run.create(config, folder)) {
            run.train();
            NDArray drawn = run.getTrainer().drawLatents(manager, 5, Seeds.SAMPLES);
            latents = drawn.toFloatArray();
            expected = run.getTrainer().generate(drawn, new ai.djl.ndarray.NDList()).toFloatArray();
        }
    }

    @AfterEach
    void tearDown() {
        manager.close();
    }

    @Test
    void should_generate_what_the_trainer_would() {
        try (TrainedGenerator generator = TrainedGenerator.open(folder)) {
            assertThat(generator.getSampleShape()).isEqualTo(ToyDatasetProvider.SHAPE);
            assertThat(generator.getClassNames()).containsExactly("0", "007", "yes");
            NDArray given = manager.create(latents, new Shape(5, 3));
            NDArray samples = generator.generate(given);
            assertThat(samples.getManager()).isSameAs(manager);
            assertThat(samples.toFloatArray()).containsExactly(expected);
            assertThat(given.toFloatArray()).containsExactly(latents);
        }
    }

    @Test
    void should_give_the_same_samples_by_one_thread_and_by_two() {
        int threads = Torch.getThreads();
        try (TrainedGenerator generator = TrainedGenerator.open(folder)) {
            Torch.setThreads(1);
            float[] byOne = generator.generate(manager, 950, 4).toFloatArray();
            Torch.setThreads(2);
            for (int repeat = 0; repeat < 3; repeat++) {
                assertThat(generator.generate(manager, 950, 4).toFloatArray())
                        .containsExactly(byOne);
            }
        } finally {
            Torch.setThreads(threads);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 99, 100, 101, 250})
    void should_give_the_same_first_samples_whatever_the_count(int count) throws IOException {
        try (TrainedGenerator generator = TrainedGenerator.open(folder)) {
            float[] all = generator.generate(manager, 300, 4).toFloatArray();
            NDArray some = generator.generate(manager, count, 4);
            assertThat(some.getShape()).isEqualTo(new Shape(count, 1, 6, 6));
            assertThat(some.toFloatArray()).containsExactly(Arrays.copyOf(all, count * 36));
            NDArray drawn = generator.drawLatents(manager, count, 4);
            // The last bits of a sum may depend on the size of the batch.
            assertThat(generator.generate(drawn).toFloatArray())
                    .containsExactly(some.toFloatArray(), within(1e-5f));
            float[] inBatches = new float[count * 36];
            generator.forEachBatch(
                    count,
                    4,
                    (first, samples) -> {
                        float[] values = samples.toFloatArray();
                        System.arraycopy(values, 0, inBatches, first * 36, values.length);
                    });
            assertThat(inBatches).containsExactly(some.toFloatArray());
            assertThat(generator.generate(manager, count, 5).toFloatArray())
                    .isNotEqualTo(some.toFloatArray());
        }
    }

    @Test
    void should_keep_no_arrays() {
        try (TrainedGenerator generator = TrainedGenerator.open(folder);
                NDManager own = manager.newSubManager()) {
            generator.generate(own, 250, 1);
            assertThat(own.getManagedArrays()).hasSize(1);
            generator.drawLatents(own, 250, 1);
            assertThat(own.getManagedArrays()).hasSize(2);
        }
    }

    @Test
    void should_fail_if_there_is_none() throws IOException {
        Path none = temp.resolve("none");
        assertThatThrownBy(() -> TrainedGenerator.open(none))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("There is no run '%s'; train one with 'gan4j train'.", none);
        Path empty = Files.createDirectories(temp.resolve("empty"));
        assertThatThrownBy(() -> TrainedGenerator.open(empty))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no generator yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "junk", "truncated", "a bit", "other latentSize"})
    void should_fail_if_it_is_damaged(String kind) throws IOException {
        Path weights = folder.resolve("generator/generator-0000.params");
        Path description = folder.resolve("generator/generator.yaml");
        String text = Files.readString(description);
        byte[] bytes = Files.readAllBytes(weights);
        switch (kind) {
            case "missing" -> Files.delete(weights);
            case "junk" -> Files.writeString(weights, "junk");
            case "truncated" -> Files.write(weights, Arrays.copyOf(bytes, bytes.length - 50));
            case "a bit" -> {
                bytes[bytes.length - 3] ^= 1; // the last bits of a weight: nothing else would tell
                Files.write(weights, bytes);
            }
            default ->
                    Files.writeString(description, text.replace("latentSize: 3", "latentSize: 4"));
        }
        assertThatThrownBy(() -> TrainedGenerator.open(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The generator in '" + weights.getParent() + "' is damaged: ")
                .hasMessageContaining("generator-0000.params")
                .hasMessageContaining("; 'gan4j resume " + folder + "' writes it again");
    }
}
