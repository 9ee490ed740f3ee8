package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Record;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadDatasetTest {

    private final NDManager manager = Torch.newManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void should_read_ahead_what_get_reads() throws IOException {
        Numbered data = new Numbered(103, true);
        int seen = 0;
        for (Batch batch : data.getData(manager, new EpochSampler(5, 1, 10))) {
            try (batch) {
                NDArray samples = batch.getData().singletonOrThrow();
                NDArray labels = batch.getLabels().singletonOrThrow();
                assertThat(samples.getShape()).isEqualTo(new Shape(10, 3, 1, 1));
                assertThat(samples.getDataType()).isEqualTo(DataType.FLOAT32);
                assertThat(labels.getShape()).isEqualTo(new Shape(10));
                assertThat(labels.getDataType()).isEqualTo(DataType.INT64);
                for (int i = 0; i < 10; i++) {
                    Record one = data.get(batch.getManager(), (Long) batch.getIndices().get(i));
                    assertThat(samples.get(i).toFloatArray())
                            .isEqualTo(one.getData().head().toFloatArray());
                    assertThat(labels.getLong(i)).isEqualTo(one.getLabels().head().getLong());
                }
                seen++;
                assertThat(batch.getProgress()).isEqualTo(seen * 10L);
                assertThat(batch.getProgressTotal()).isEqualTo(103);
            }
        }
        assertThat(seen).isEqualTo(10);
    }

    @Test
    void should_have_no_labels_without_classes() throws IOException {
        Numbered data = new Numbered(4, false);
        try (Batch batch = data.getData(manager, new EpochSampler(5, 0, 4)).iterator().next()) {
            assertThat(batch.getLabels()).isEmpty();
        }
        assertThat(data.get(manager, 0).getLabels()).isEmpty();
        assertThat(data.isLabelled()).isFalse();
    }

    @Test
    void should_read_in_order_with_a_partial_last_batch_by_default() throws Exception {
        List<Float> first = new ArrayList<>();
        for (Batch batch : new Numbered(70, false).getData(manager)) {
            first.add(batch.getData().head().toFloatArray()[0]);
            batch.close();
        }
        assertThat(first).containsExactly(0f, 64f);
    }

    @Test
    void should_keep_batches_apart_and_alive() {
        Numbered data = new Numbered(80, true);
        List<Batch> held = new ArrayList<>();
        NDArray view = null;
        NDManager other = manager.newSubManager();
        for (Batch batch : data.getData(manager, new EpochSampler(5, 0, 8))) {
            if (view == null) {
                view = batch.getData().head().get("2:4");
                view.attach(other);
            }
            held.add(batch);
        }
        for (Batch batch : held) {
            float[] expected = new float[8 * 3];
            for (int i = 0; i < 8; i++) {
                Arrays.fill(expected, i * 3, i * 3 + 3, (Long) batch.getIndices().get(i));
            }
            assertThat(batch.getData().head().toFloatArray()).isEqualTo(expected);
        }
        long index = (Long) held.get(0).getIndices().get(2);
        held.forEach(Batch::close);
        assertThat(view.toFloatArray()[0]).isEqualTo(index);
    }

    @Test
    void should_use_few_buffers_again_and_again() {
        BufferPool pool = new BufferPool();
        Numbered data = new Numbered(400, true);
        ReadAhead batches =
                new ReadAhead(
                        data,
                        data.source(),
                        manager,
                        new EpochSampler(5, 0, 4),
                        new Direct(),
                        pool);
        batches.forEach(Batch::close);
        assertThat(pool.size()).isEqualTo(2);
    }

    @Test
    void should_leave_no_arrays_behind() {
        Numbered data = new Numbered(40, true);
        int before = manager.getManagedArrays().size();
        data.getData(manager, new EpochSampler(5, 0, 4)).forEach(Batch::close);
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void should_read_off_the_training_thread() {
        Numbered data = new Numbered(40, true);
        data.getData(manager, new EpochSampler(5, 0, 4)).forEach(Batch::close);
        assertThat(data.readers)
                .hasSize(1)
                .allMatch(Thread::isDaemon)
                .doesNotContain(Thread.currentThread());
    }

    @Test
    void should_read_no_more_than_two_batches_ahead() {
        Numbered data = new Numbered(400, true);
        ReadAheadIterator batches =
                new ReadAhead(
                                data,
                                data.source(),
                                manager,
                                new EpochSampler(5, 0, 10),
                                new Direct(),
                                new BufferPool())
                        .iterator();
        assertThat(data.reads).hasValue(20);
        batches.next().close();
        assertThat(data.reads).hasValue(30);
    }

    @Test
    void should_end_its_thread_if_abandoned() throws InterruptedException {
        Numbered data = new Numbered(400, true);
        data.getData(manager, new EpochSampler(5, 0, 4)).iterator().next().close();
        Thread reader = data.readers.iterator().next();
        reader.join(10_000);
        assertThat(reader.isAlive()).isFalse();
        // And it comes back when there is something to read.
        data.getData(manager, new EpochSampler(5, 1, 4)).iterator().next().close();
        assertThat(data.readers).hasSize(2);
    }

    @Test
    void should_stop_reading_if_closed() throws InterruptedException {
        Numbered data = new Numbered(400, true);
        data.gate = new CountDownLatch(1);
        ReadAheadIterator batches = data.getData(manager, new EpochSampler(5, 0, 4)).iterator();
        batches.close();
        data.gate.countDown();
        assertThat(batches.hasNext()).isFalse();
        assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
        // The second batch was never begun: a third, read afterwards, is the next that is seen.
        data.getData(manager, new EpochSampler(5, 0, 4)).iterator().next().close();
        assertThat(data.reads.get()).isLessThanOrEqualTo(4 + 3 * 4);
    }

    @Test
    void should_read_on_a_given_executor() {
        ExecutorService executor =
                Executors.newFixedThreadPool(2, task -> new Thread(task, "mine"));
        Numbered data = new Numbered(40, true);
        data.getData(manager, new EpochSampler(5, 0, 4), executor).forEach(Batch::close);
        executor.shutdown();
        assertThat(data.readers).allMatch(thread -> "mine".equals(thread.getName()));
    }

    @Test
    void should_fail_if_a_picture_cannot_be_read() {
        Numbered data = new Numbered(40, true);
        data.failure = new IOException("disk on fire");
        ReadAheadIterator batches = data.getData(manager, new EpochSampler(5, 0, 4)).iterator();
        assertThatThrownBy(batches::next)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("disk on fire")
                .cause()
                .isSameAs(data.failure);
        assertThat(batches.hasNext()).isFalse();
    }

    @Test
    void should_fail_with_the_original_exception() {
        Numbered data = new Numbered(40, true);
        data.failure = new InvalidInputException("Mend it.");
        ReadAheadIterator batches = data.getData(manager, new EpochSampler(5, 0, 4)).iterator();
        assertThatThrownBy(batches::next).isSameAs(data.failure);
    }

    @Test
    void should_fail_if_index_is_out_of_range() {
        assertThatThrownBy(() -> new Numbered(4, true).get(manager, 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void should_work_through_the_split_of_djl() throws Exception {
        Numbered data = new Numbered(10, true);
        int seen = 0;
        for (Batch batch : data.subDataset(2, 8).getData(manager, new EpochSampler(1, 0, 3))) {
            assertThat(batch.getData().head().getShape()).isEqualTo(new Shape(3, 3, 1, 1));
            assertThat(batch.getLabels().head().getShape()).isEqualTo(new Shape(3));
            batch.close();
            seen++;
        }
        assertThat(seen).isEqualTo(2);
    }

    @Test
    void should_let_threads_end_in_time() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Numbered data = new Numbered(40, true);
        data.getData(manager, new EpochSampler(5, 0, 4), executor).iterator().close();
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Pictures of three channels of one pixel, all of which show the number of the picture. */
    private static final class Numbered extends ReadAheadDataset {

        private final int size;
        private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
        private final AtomicInteger reads = new AtomicInteger();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile Exception failure;

        Numbered(int size, boolean labelled) {
            super("numbered", new Shape(3, 1, 1), labelled ? List.of("even", "odd") : List.of());
            this.size = size;
        }

        @Override
        protected void read(long index, float[] target) throws IOException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (failure instanceof IOException io) {
                throw io;
            }
            if (failure instanceof RuntimeException runtime) {
                throw runtime;
            }
            readers.add(Thread.currentThread());
            reads.incrementAndGet();
            Arrays.fill(target, index);
        }

        @Override
        protected long label(long index) {
            return index % 2;
        }

        @Override
        protected long availableSize() {
            return size;
        }
    }
}
