package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.nn.Linear;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampleBatchesTest {

    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), Torch.ENGINE_NAME);
    private final int threads = Torch.getThreads();
    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();

    /** Returns the latents as samples, and notes how many threads its operators may use. */
    private final SampleBatches batches =
            new SampleBatches(
                    Gan.builder()
                            .setGenerator(Generator.of(new Linear(3), new Shape(3)))
                            .setDiscriminator(Discriminator.of(new Linear(1), new Shape(3)))
                            .build(),
                    manager,
                    (latents, conditions) -> {
                        seen.add(Torch.getThreads());
                        return latents.add(0);
                    });

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
