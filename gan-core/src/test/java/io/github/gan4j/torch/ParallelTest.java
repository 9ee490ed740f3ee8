package io.github.gan4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelTest {

    private static final int MOST = 2;

    private final NDManager manager = Torch.newManager();
    private final int threads = Torch.getThreads();

    @AfterEach
    void close() {
        Torch.setThreads(threads);
        manager.close();
    }

    @Test
    void should_compute_at_once_and_return_in_order() {
        Torch.setThreads(2);
        CountDownLatch both = new CountDownLatch(2);

        List<String> results =
                Parallel.compute(
                        Device.cpu(), MOST, List.of(() -> meet(both, "a"), () -> meet(both, "b")));

        assertThat(results).containsExactly("a", "b");
        assertThat(Torch.getThreads()).isEqualTo(2);
    }

    /** Returns only if another thread comes here as well. */
    private static String meet(CountDownLatch all, String result) {
        all.countDown();
        try {
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return result;
    }

    @Test
    void should_share_the_threads_of_the_engine() {
        Torch.setThreads(5);
        Set<Integer> shares = ConcurrentHashMap.newKeySet();

        Parallel.compute(
                Device.cpu(),
                MOST,
                List.<Supplier<Boolean>>of(
                        () -> shares.add(Torch.getThreads()),
                        () -> shares.add(Torch.getThreads())));

        assertThat(shares).containsExactly(2);
        assertThat(Torch.getThreads()).isEqualTo(5);
    }

    @Test
    void should_do_what_comes_between_with_the_share_of_a_task() {
        Torch.setThreads(5);
        List<Integer> shares = new ArrayList<>();
        Runnable work = () -> shares.add(Torch.getThreads());

        Parallel.between(Device.cpu(), MOST, work);
        Parallel.between(Device.cpu(), 9, work);
        Parallel.between(Device.cpu(), 1, work);
        Parallel.between(Device.gpu(), MOST, work);
        assertThatThrownBy(
                        () ->
                                Parallel.between(
                                        Device.cpu(),
                                        MOST,
                                        () -> {
                                            throw new IllegalStateException("no");
                                        }))
                .hasMessage("no");

        assertThat(shares).containsExactly(2, 1, 5, 5);
        assertThat(Torch.getThreads()).isEqualTo(5);
    }

    @Test
    void should_give_a_task_the_same_share_however_many_there_are() {
        Torch.setThreads(8);
        for (int most : new int[] {2, 4, 16}) {
            Set<Integer> shares = ConcurrentHashMap.newKeySet();
            for (int count : new int[] {1, 2, 3, 9}) {
                Supplier<Integer> task = Torch::getThreads;
                shares.addAll(
                        Parallel.compute(Device.cpu(), most, Collections.nCopies(count, task)));
            }
            assertThat(shares).containsExactly(8 / Math.min(8, most));
        }
        assertThat(Torch.getThreads()).isEqualTo(8);
    }

    @Test
    void should_stay_on_the_thread_of_the_caller_if_the_engine_has_one() {
        Torch.setThreads(1);
        Supplier<Thread> here = Thread::currentThread;

        assertThat(Parallel.compute(Device.cpu(), MOST, List.of(here, here, here)))
                .containsOnly(Thread.currentThread());
    }

    @Test
    void should_stay_on_the_thread_of_the_caller_on_a_gpu() {
        Torch.setThreads(2);
        Supplier<Thread> here = Thread::currentThread;

        assertThat(Parallel.compute(Device.gpu(), MOST, List.of(here, here)))
                .containsOnly(Thread.currentThread());
    }

    @Test
    void should_compute_more_tasks_than_there_are_threads() {
        Torch.setThreads(2);
        List<Supplier<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            tasks.add(() -> number);
        }

        assertThat(Parallel.compute(Device.cpu(), MOST, tasks)).hasSize(20).isSorted();
        assertThat(Parallel.compute(Device.cpu(), MOST, List.of())).isEmpty();
    }

    @Test
    void should_fail_like_the_first_task_that_fails_after_all_have_ended() {
        Torch.setThreads(2);
        AtomicInteger ended = new AtomicInteger();

        assertThatThrownBy(
                        () ->
                                Parallel.compute(
                                        Device.cpu(),
                                        MOST,
                                        List.<Supplier<Integer>>of(
                                                ended::incrementAndGet,
                                                () -> {
                                                    throw new IllegalStateException("first");
                                                },
                                                () -> {
                                                    throw new AssertionError("second");
                                                },
                                                ended::incrementAndGet)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("first");
        assertThat(ended).hasValue(2);
        assertThat(Torch.getThreads()).isEqualTo(2);
        assertThatThrownBy(
                        () ->
                                Parallel.compute(
                                        Device.cpu(),
                                        MOST,
                                        List.<Supplier<Integer>>of(
                                                () -> 1,
                                                () -> {
                                                    throw new AssertionError("an error");
                                                })))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void should_take_gradients_by_shared_variables_through_handles() {
        Torch.setThreads(2);
        NDArray variable = manager.create(new float[] {1, 2, 3});
        variable.setRequiresGradient(true);
        List<Supplier<float[]>> tasks = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            NDArray own = Operators.handle(manager, variable);
            NDArray factor = manager.full(new Shape(3), i);
            tasks.add(
                    () -> {
                        try (NDManager local = manager.newSubManager();
                                GradMode recording = GradMode.on()) {
                            NDArray sum = own.square().mul(factor).sum();
                            sum.attach(local);
                            return Autograd.gradients(local, sum, new NDList(own))
                                    .get(0)
                                    .toFloatArray();
                        }
                    });
        }

        List<float[]> gradients = Parallel.compute(Device.cpu(), MOST, tasks);

        for (int i = 1; i <= 50; i++) {
            assertThat(gradients.get(i - 1)).containsExactly(2 * i, 4 * i, 6 * i);
        }
    }
}
