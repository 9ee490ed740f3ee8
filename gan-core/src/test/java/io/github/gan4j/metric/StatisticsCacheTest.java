package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.TestSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsCacheTest {

    @TempDir private Path temporary;
    private Path folder;
    private StatisticsCache cache;
    private int computed;

    @BeforeEach
    void open() {
        folder = temporary.resolve("statistics");
        cache = new StatisticsCache(folder);
    }

    private Evidence compute() {
        computed++;
        return Evidence.builder()
                .optFeatures(Samples.normal(30, 4, 1, 2, computed))
                .optProbabilities(Features.of(1, new float[30]))
                .build();
    }

    @Test
    void should_keep_evidence_to_the_last_bit() {
        Evidence first = cache.get("data", "digits-v1", this::compute);
        Evidence again = cache.get("data", "digits-v1", this::compute);

        assertThat(computed).isEqualTo(1);
        assertThat(again.getFeatures().values()).isEqualTo(first.getFeatures().values());
        assertThat(again.getProbabilities().getSize()).isEqualTo(1);
        assertThat(again.getGaussian().covariance()).isEqualTo(first.getGaussian().covariance());
        assertThat(again.getGaussian().mean()).isEqualTo(first.getGaussian().mean());
        assertThat(again.getGaussian().getCount()).isEqualTo(30);
    }

    @Test
    void should_compute_anew_if_data_or_extractor_are_others() {
        cache.get("data", "digits-v1", this::compute);
        cache.get("data", "digits-v2", this::compute);
        cache.get("other", "digits-v1", this::compute);

        assertThat(computed).isEqualTo(3);
    }

    @Test
    void should_compute_anew_if_the_file_is_damaged() throws IOException {
        Evidence whole =
                cache.get("data", "digits-v1", () -> Evidence.of(Samples.normal(9, 2, 0, 1, 1)));
        Path file = cache.file("data", "digits-v1");
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {bytes.length - 1, bytes.length / 2}) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            cache.get("data", "digits-v1", this::compute);
        }
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
        cache.get("data", "digits-v1", this::compute);
        assertThat(computed).isEqualTo(3);

        Files.write(file, bytes);
        assertThat(cache.get("data", "digits-v1", this::compute).getFeatures().values())
                .isEqualTo(whole.getFeatures().values());
    }

    @Test
    void should_leave_whole_files_only() throws IOException {
        cache.get("data", "digits-v1", this::compute);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(cache.file("data", "digits-v1"));
        }
    }

    @Test
    void should_go_on_if_nothing_can_be_kept() throws IOException {
        Files.writeString(folder, "a file where the folder should be");

        assertThat(cache.get("data", "digits-v1", this::compute).getFeatures().getCount())
                .isEqualTo(30);
    }

    @Test
    void should_tell_contents_apart() {
        try (NDManager manager = TestSupport.newManager()) {
            String row = hash(manager.arange(6f).reshape(1, 6));

            assertThat(hash(manager.arange(6f).reshape(1, 6))).isEqualTo(row).hasSize(64);
            assertThat(hash(manager.arange(6f).reshape(6, 1))).isNotEqualTo(row);
            assertThat(hash(manager.zeros(new Shape(1, 6)))).isNotEqualTo(row);
        }
        assertThat(new ContentHash().add("ab").add("c").toHex())
                .isNotEqualTo(new ContentHash().add("a").add("bc").toHex());
        assertThat(new ContentHash().add("").toHex()).isNotEqualTo(new ContentHash().toHex());
    }

    private static String hash(NDArray array) {
        return new ContentHash().add(array).toHex();
    }
}
