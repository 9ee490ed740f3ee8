package io.github.gan4j.datasets;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What a data set keeps for reading ahead: a thread and some buffers. */
final class BatchReader {

    private final BufferPool buffers = new BufferPool();
    private final ExecutorService thread;

    BatchReader(String datasetName) {
        thread = newThread("gan4j-reader-" + datasetName);
    }

    /** The batches that a sampler chooses; read by another executor than the own one if given. */
    ReadAhead read(
            RandomAccessDataset dataset,
            SampleSource source,
            NDManager manager,
            Sampler sampler,
            ExecutorService executor) {
        return new ReadAhead(
                dataset, source, manager, sampler, executor == null ? thread : executor, buffers);
    }

    /**
     * A thread that starts when there is something to read and ends a second after: nobody has to
     * close the data set.
     */
    private static ExecutorService newThread(String name) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(
                        1,
                        1,
                        1,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
