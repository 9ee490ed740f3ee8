package io.github.gan4j.datasets;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Yields the batches of one epoch while the next two are being read.
 *
 * <p>A read is submitted whenever a batch is taken, so the reading thread never waits for the
 * consumer: an iterator that is abandoned in mid-epoch leaves at most two reads to finish and no
 * thread behind. {@link #close} drops even those. An exception of the reading thread is thrown by
 * {@link #next} as it is, an {@link IOException} inside an {@link UncheckedIOException}; after it
 * there are no more batches. For one consumer thread.
 */
public final class ReadAheadIterator implements Iterator<Batch>, AutoCloseable {

    private static final int AHEAD = 2;

    private final SampleSource source;
    private final NDManager manager;
    private final Iterator<List<Long>> indices;
    private final ExecutorService executor;
    private final BufferPool buffers;
    private final ArrayDeque<Future<RawBatch>> pending = new ArrayDeque<>(AHEAD);
    private long progress;
    private volatile boolean closed;

    ReadAheadIterator(
            SampleSource source,
            NDManager manager,
            Iterator<List<Long>> indices,
            ExecutorService executor,
            BufferPool buffers) {
        this.source = source;
        this.manager = manager;
        this.indices = indices;
        this.executor = executor;
        this.buffers = buffers;
        for (int i = 0; i < AHEAD; i++) {
            submit();
        }
    }

    @Override
    public boolean hasNext() {
        return !pending.isEmpty();
    }

    /**
     * Returns the next batch, waiting for it if need be.
     *
     * @return data of shape {@code (N, C, H, W)}, one array for each domain, and, if there are
     *     classes, labels of shape {@code (N)}; the caller closes it
     * @throws UncheckedIOException if a picture could not be read
     */
    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The epoch has no more batches.");
        }
        boolean done = false;
        try {
            RawBatch raw = await(pending.remove());
            progress += raw.indices().size();
            Batch batch = raw.toBatch(manager, progress);
            buffers.give(raw.buffer());
            submit();
            done = true;
            return batch;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Ends the reading; there are no more batches. Batches already taken stay valid. */
    @Override
    public void close() {
        closed = true;
        for (Future<RawBatch> read : pending) {
            if (!read.cancel(false)) {
                reclaim(read);
            }
        }
        pending.clear();
    }

    private void submit() {
        if (!indices.hasNext()) {
            return;
        }
        List<Long> batch = indices.next();
        pending.add(
                executor.submit(
                        () -> {
                            if (closed) {
                                throw new CancellationException("The iterator was closed.");
                            }
                            return RawBatch.read(source, batch, buffers);
                        }));
    }

    private void reclaim(Future<RawBatch> read) {
        try {
            buffers.give(read.get().buffer());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException e) {
            // Nobody will ask for this batch: that it could not be read is of no interest.
            return;
        }
    }

    private static RawBatch await(Future<RawBatch> read) {
        try {
            return read.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for data.", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException runtimeException) {
                throw runtimeException;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause instanceof IOException ioException) {
                throw new UncheckedIOException(ioException.getMessage(), ioException);
            }
            throw new IllegalStateException("Reading a batch failed.", cause);
        }
    }
}
