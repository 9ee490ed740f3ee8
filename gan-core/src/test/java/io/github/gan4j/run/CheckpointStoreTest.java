package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.torch.GradMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

    @TempDir Path run;
    private Path folder;

    @BeforeEach
    void setUp() {
        folder = run.resolve("checkpoints");
    }

    @Test
    void should_restore_every_byte_and_go_on_alike() {
        CheckpointStore store = new CheckpointStore(folder, 3);
        try (SmallTraining straight = new SmallTraining(5);
                SmallTraining resumed = new SmallTraining(5)) {
            straight.trainer().train(7);
            Path file = store.save(straight.trainer(), Map.of("fingerprint", "abc"));
            assertThat(file).hasFileName("step-00000007.safetensors");

            resumed.trainer().train(2);
            Checkpoint checkpoint = store.loadLatest().orElseThrow();
            assertThat(checkpoint.getStep()).isEqualTo(7);
            assertThat(checkpoint.getFile()).isEqualTo(file);
            assertThat(checkpoint.getExtra()).containsExactly(Map.entry("fingerprint", "abc"));
            try (GradMode recording = GradMode.on()) {
                checkpoint.restore(resumed.trainer());
            }
            assertThat(resumed.trainer().getCounters()).isEqualTo(straight.trainer().getCounters());
            assertSame(resumed.trainer(), straight.trainer());

            straight.trainer().train(15);
            resumed.trainer().train(15);
            assertSame(resumed.trainer(), straight.trainer());
        }
    }

    private static void assertSame(GanTrainer actual, GanTrainer expected) {
        Map<String, NDArray> arrays = expected.getArrays();
        assertThat(arrays).isNotEmpty();
        actual.getArrays()
                .forEach(
                        (name, array) -> {
                            NDArray other = arrays.get(name);
                            assertThat(array.toByteArray()).as(name).isEqualTo(other.toByteArray());
                            assertThat(array.hasGradient()).isEqualTo(other.hasGradient());
                        });
    }

    @Test
    void should_write_the_same_bytes_for_the_same_training() throws IOException {
        byte[][] files = new byte[2][];
        for (int i = 0; i < 2; i++) {
            try (SmallTraining training = new SmallTraining(5)) {
                training.trainer().train(3);
                Path file =
                        new CheckpointStore(run.resolve("" + i), 1)
                                .save(training.trainer(), Map.of());
                files[i] = Files.readAllBytes(file);
            }
        }
        assertThat(files[0]).isEqualTo(files[1]);
    }

    @Test
    void should_keep_as_many_as_asked_and_remove_leftovers() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 2);
        assertThat(store.list()).isEmpty();
        assertThat(store.latest()).isEmpty();
        assertThat(store.loadLatest()).isEmpty();
        assertThat(folder).doesNotExist();
        Files.createDirectories(folder);
        Path leftover = Files.createFile(folder.resolve("step-00000001.safetensors.tmp"));
        Path other = Files.createFile(folder.resolve("notes.tmp"));
        try (SmallTraining training = new SmallTraining(3)) {
            for (int step = 1; step <= 4; step++) {
                training.trainer().train(step);
                store.save(training.trainer(), Map.of());
                assertThat(leftover).doesNotExist();
            }
        }
        assertThat(other).exists();
        assertThat(store.list())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("step-00000003.safetensors", "step-00000004.safetensors");
        assertThat(store.latest()).contains(folder.resolve("step-00000004.safetensors"));
        assertThat(names()).hasSize(3);
    }

    /** What is gone back to must be there still, however often a run was stopped in between. */
    @Test
    void should_keep_those_of_the_rhythm_and_one_of_a_stop() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 2, 10);
        try (SmallTraining training = new SmallTraining(3)) {
            for (int step : new int[] {10, 20, 21, 22, 23}) {
                training.trainer().train(step);
                store.save(training.trainer(), Map.of());
            }
            assertThat(names())
                    .containsExactly(
                            "step-00000010.safetensors",
                            "step-00000020.safetensors",
                            "step-00000023.safetensors");
            training.trainer().train(30);
            store.save(training.trainer(), Map.of());
            assertThat(names())
                    .containsExactly("step-00000020.safetensors", "step-00000030.safetensors");
        }
    }

    @Test
    void should_write_names_that_it_reads_in_a_language_of_other_digits() {
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try (SmallTraining training = new SmallTraining(3)) {
            assertThat("%d".formatted(1)).isNotEqualTo("1");
            CheckpointStore store = new CheckpointStore(folder, 1);
            training.trainer().train(1);
            assertThat(store.latest()).isEmpty();
            store.save(training.trainer(), Map.of());
            assertThat(store.latest()).contains(folder.resolve("step-00000001.safetensors"));
        } finally {
            Locale.setDefault(usual);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void should_never_write_weights_that_are_not_finite() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 2);
        try (SmallTraining training = new SmallTraining(3)) {
            training.trainer().train(1);
            store.save(training.trainer(), Map.of());
            training.trainer().train(2);
            Map.Entry<String, NDArray> last = null;
            for (Map.Entry<String, NDArray> each : training.trainer().getArrays().entrySet()) {
                last = each;
            }
            try (GradMode recording = GradMode.off()) {
                last.getValue().addi(Float.POSITIVE_INFINITY);
            }
            String name = last.getKey();
            assertThatThrownBy(() -> store.save(training.trainer(), Map.of()))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("diverged: after step 2, \"" + name + "\" is not finite")
                    .hasMessageContaining("The checkpoint of step 1 is still there;");
        }
        assertThat(names()).containsExactly("step-00000001.safetensors");
    }

    @Test
    void should_keep_older_ones_if_the_disk_is_full() throws IOException {
        try (SmallTraining training = new SmallTraining(3)) {
            CheckpointStore full =
                    new CheckpointStore(folder, 1, 1, file -> new FullDisk(file, 900));
            training.trainer().train(1);
            assertThatThrownBy(() -> full.save(training.trainer(), Map.of()))
                    .isInstanceOf(TrainingException.class)
                    .hasMessage(
                            "The checkpoint of step 1 could not be written to '%s': no space left"
                                    + " on device. There is no earlier checkpoint; free some space"
                                    + " and resume.",
                            folder.resolve("step-00000001.safetensors"));
            assertThat(names()).isEmpty();

            new CheckpointStore(folder, 1).save(training.trainer(), Map.of());
            training.trainer().train(2);
            assertThatThrownBy(() -> full.save(training.trainer(), Map.of()))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("step 2 could not be written")
                    .hasMessageContaining("The checkpoint of step 1 is still there; free some")
                    .hasMessageNotContaining("\n");
        }
        assertThat(names()).containsExactly("step-00000001.safetensors");
        assertThatCode(() -> new CheckpointStore(folder, 1).loadLatest())
                .doesNotThrowAnyException();
    }

    @Test
    void should_say_so_if_the_folder_cannot_be_made() throws IOException {
        Files.createFile(folder);
        try (SmallTraining training = new SmallTraining(3)) {
            CheckpointStore store = new CheckpointStore(folder, 1);
            assertThatThrownBy(() -> store.save(training.trainer(), Map.of()))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("file already exists. There is no earlier checkpoint");
        }
    }

    @Test
    void should_notice_any_damage_and_name_the_newest_whole_one() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 3);
        try (SmallTraining training = new SmallTraining(2)) {
            for (int step = 1; step <= 3; step++) {
                training.trainer().train(step);
                store.save(training.trainer(), Map.of("k", "v"));
            }
        }
        Path latest = store.latest().orElseThrow();
        Path second = store.list().get(1);
        byte[] whole = Files.readAllBytes(latest);
        int header = (int) ByteBuffer.wrap(whole).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
        int padding = 0;
        while (whole[8 + header - 1 - padding] == ' ') {
            padding++;
        }
        for (int i = 0; i < whole.length; i += i < 8 + header ? 1 : 7) {
            boolean meaningless = i >= 8 + header - padding && i < 8 + header;
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            if (meaningless) {
                continue;
            }
            Files.write(latest, damaged);
            assertThatThrownBy(store::loadLatest)
                    .as("byte %d", i)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The checkpoint '" + latest + "' is damaged: ")
                    .hasMessageEndingWith(
                            "Delete it, and resume goes on from step 2 ('"
                                    + second
                                    + "' is whole).");
        }
        for (int length : new int[] {0, 7, 8, 100, 8 + header, whole.length - 1}) {
            Files.write(latest, Arrays.copyOf(whole, length));
            assertThatThrownBy(store::loadLatest).isInstanceOf(InvalidInputException.class);
        }
        Files.write(second, new byte[20]);
        assertThatThrownBy(store::loadLatest)
                .hasMessageContaining("Delete those after step 1, and resume goes on from step 1");
        Files.write(store.list().get(0), new byte[20]);
        assertThatThrownBy(store::loadLatest)
                .hasMessageContaining("No earlier one is whole; train anew in another folder.");
    }

    @Test
    void should_refuse_arrays_of_another_kind_and_files_that_are_not_there() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 3);
        try (SmallTraining training = new SmallTraining(2)) {
            Path file = folder.resolve("step-00000001.safetensors");
            Files.createDirectories(folder);
            NDArray array = training.trainer().getArrays().values().iterator().next();
            Safetensors.write(file, Map.of("a", array), Map.of());
            assertThatThrownBy(() -> store.load(file))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("nothing of being a checkpoint");
        }
        assertThatThrownBy(() -> store.load(folder.resolve("x")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("There is no checkpoint '" + folder.resolve("x"))
                .hasMessageContaining("step-00000001");
    }

    @Test
    void should_refuse_a_network_that_has_changed_and_leave_it_alone() {
        CheckpointStore store = new CheckpointStore(folder, 3);
        try (SmallTraining training = new SmallTraining(2);
                SmallTraining other = new SmallTraining(6)) {
            training.trainer().train(2);
            store.save(training.trainer(), Map.of());
            Checkpoint checkpoint = store.loadLatest().orElseThrow();
            Map<String, byte[]> before = new LinkedHashMap<>();
            other.trainer().getArrays().forEach((n, a) -> before.put(n, a.toByteArray()));
            assertThatThrownBy(() -> checkpoint.restore(other.trainer()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("The network has changed since '")
                    .hasMessageContaining("has shape (2, 3) in the file and (6, 3) now");
            other.trainer()
                    .getArrays()
                    .forEach((n, a) -> assertThat(a.toByteArray()).isEqualTo(before.get(n)));
            assertThat(other.trainer().getStep()).isZero();
        }
    }

    @Test
    void should_refuse_names_of_its_own_and_to_keep_none() {
        try (SmallTraining training = new SmallTraining(2)) {
            CheckpointStore store = new CheckpointStore(folder, 1);
            for (String name : List.of("sha256", "format", "counter/step")) {
                assertThatThrownBy(() -> store.save(training.trainer(), Map.of(name, "")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(name);
            }
        }
        assertThatThrownBy(() -> new CheckpointStore(folder, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1 or more");
    }

    /** Takes so many bytes and no more. */
    private static final class FullDisk implements WritableByteChannel {

        private final FileChannel channel;
        private int left;

        FullDisk(Path file, int left) throws IOException {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            this.left = left;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (source.remaining() > left) {
                throw new IOException("No space left on device");
            }
            left -= source.remaining();
            return channel.write(source);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
