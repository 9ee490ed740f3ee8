package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.nn.Linear;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampleBatchesTest {

    private final NDManager manager = Torch.newManager();
    private final int threads = Torch.getThreads();
    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
    private final List<long[]> classes = Collections.synchronizedList(new ArrayList<>());

    private final SampleBatches batches = batches(false);

    /** Returns the latents as samples, and notes how many threads its operators may use. */
    private SampleBatches batches(boolean joined) {
        return new SampleBatches(
                Gan.builder()
                        .setGenerator(Generator.of(new Linear(3), new Shape(3)))
                        .setDiscriminator(Discriminator.of(new Linear(1), new Shape(3)))
                        .build(),
                manager,
                (latents, conditions) -> {
                    seen.add(Torch.getThreads());
                    conditions.forEach(labels -> classes.add(labels.toLongArray()));
                    return latents.add(0);
                },
                joined);
    }

    @AfterEach
    void close() {
        Torch.setThreads(threads);
        manager.close();
    }

    @Test
    void should_compute_a_batch_by_as_many_threads_however_many_samples_are_drawn() {
        for (int engine : new int[] {1, 2, 8}) {
            Torch.setThreads(engine);
            seen.clear();
            for (int count : new int[] {1, 100, 101, 450, 2300}) {
                batches.forEach(count, null, 0, (first, samples) -> {});
            }
            assertThat(seen).containsExactly(Math.max(1, engine / 4));
        }
    }

    @Test
    void should_give_batches_in_order_and_keep_nothing() {
        Torch.setThreads(2);
        List<Integer> firsts = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        batches.forEach(
                2350,
                null,
                0,
                (first, samples) -> {
                    firsts.add(first);
                    counts.add(samples.getShape().get(0));
                });
        assertThat(firsts).hasSize(24).isSorted().startsWith(0, 100).endsWith(2300);
        assertThat(counts.subList(0, 23)).containsOnly(100L);
        assertThat(counts.get(23)).isEqualTo(50);
        assertThat(manager.getManagedArrays()).isEmpty();
    }

    @Test
    void should_draw_the_same_as_one_batch_for_a_gpu() {
        long[] labels = LongStream.range(0, 2350).toArray();
        List<float[]> apart = new ArrayList<>();
        List<float[]> together = new ArrayList<>();
        batches.forEach(2350, labels, 7, (first, samples) -> apart.add(samples.toFloatArray()));
        classes.clear();
        batches(true)
                .forEach(2350, labels, 7, (first, samples) -> together.add(samples.toFloatArray()));

        assertThat(together).hasSizeLessThan(5);
        assertThat(concatenated(together)).isEqualTo(concatenated(apart)).hasSize(3 * 2350);
        assertThat(classes.stream().flatMapToLong(Arrays::stream).limit(2350))
                .containsExactly(LongStream.range(0, 2350).boxed().toArray(Long[]::new));
        assertThat(manager.getManagedArrays()).isEmpty();
    }

    private static float[] concatenated(List<float[]> parts) {
        FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }

    @Test
    void should_throw_what_the_consumer_throws() {
        SampleBatches.Consumer<IOException> full =
                (int first, NDArray samples) -> {
                    throw new IOException("The disk is full.");
                };
        assertThatThrownBy(() -> batches.forEach(10, null, 0, full))
                .isInstanceOf(IOException.class)
                .hasMessage("The disk is full.");
        assertThat(manager.getManagedArrays()).isEmpty();
    }
}
