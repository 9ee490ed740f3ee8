package io.github.gan4j.torch;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Computes several things at once, each with its share of the engine's threads.
 *
 * <p>An operator on small arrays keeps few cores busy: what it has to do is too little to be
 * divided, and what is divided waits for the slowest share. Two computations of one thread each
 * wait for nothing.
 */
public final class Parallel {

    /** Threads that end when there has been nothing to do for a minute, or with the process. */
    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "gan4j parallel");
                        thread.setDaemon(true);
                        return thread;
                    });

    private Parallel() {}

    /**
     * Computes all tasks: on the CPU several at once, the caller's thread included, if the engine
     * has as many threads; on a GPU, which is kept busy by one, one after the other. An array must
     * not be in a list of arrays that two of them hand to the engine, see {@link Operators#handle}.
     *
     * <p>A task has the same share of the engine's threads however many others there are, for the
     * last bits of sums depend on it.
     *
     * <p>What belongs to a thread, such as {@link GradMode}, begins anew in each task.
     *
     * @param device where the tasks compute
     * @param most how many tasks share the engine's threads, if it has as many
     * @param tasks what to compute
     * @param <T> the type of the results
     * @return the results, in the order of the tasks
     * @throws RuntimeException that of the first task that failed, after all have ended
     */
    public static <T> List<T> compute(Device device, int most, List<Supplier<T>> tasks) {
        int threads = Torch.getThreads();
        int atOnce = atOnce(device, most, threads);
        if (atOnce == 1) {
            return tasks.stream().map(Supplier::get).toList();
        }
        List<CompletableFuture<T>> results =
                tasks.stream().map(task -> new CompletableFuture<T>()).toList();
        AtomicInteger next = new AtomicInteger();
        Runnable work =
                () -> {
                    // How many threads an operator may use is a matter of the thread that calls it.
                    Torch.setThreads(threads / atOnce);
                    for (int i = next.getAndIncrement();
                            i < results.size();
                            i = next.getAndIncrement()) {
                        compute(tasks.get(i), results.get(i));
                    }
                };
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 1; i < Math.min(atOnce, tasks.size()); i++) {
            others.add(CompletableFuture.runAsync(work, THREADS));
        }
        work.run();
        others.forEach(CompletableFuture::join);
        Torch.setThreads(threads);
        return results.stream().map(Parallel::get).toList();
    }

    /**
     * Computes what comes between tasks, with a task's share of the engine's threads. An operator
     * that is divided among more of them leaves the others spinning for some milliseconds, lest
     * there be more to do, and those take the cores away from the tasks that follow.
     *
     * @param device where it is computed
     * @param most how many tasks share the engine's threads, if it has as many
     * @param work what to compute
     */
    public static void between(Device device, int most, Runnable work) {
        int threads = Torch.getThreads();
        int atOnce = atOnce(device, most, threads);
        if (atOnce == 1) {
            work.run();
            return;
        }
        Torch.setThreads(threads / atOnce);
        try {
            work.run();
        } finally {
            Torch.setThreads(threads);
        }
    }

    private static int atOnce(Device device, int most, int threads) {
        return device.isGpu() ? 1 : Math.min(most, threads);
    }

    private static <T> void compute(Supplier<T> task, CompletableFuture<T> result) {
        try {
            result.complete(task.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private static <T> T get(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }
}
