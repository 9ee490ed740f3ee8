package io.github.gan4j.torch;

import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.TestSupport;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GradModeTest {

    private final NDManager manager = TestSupport.newManager();
    private NDArray x;

    @BeforeEach
    void createVariable() {
        x = manager.create(2f);
        x.setRequiresGradient(true);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_record_and_not_record() {
        try (GradMode on = GradMode.on()) {
            assertThat(isRecording()).isTrue();
        }
        try (GradMode off = GradMode.off()) {
            assertThat(isRecording()).isFalse();
        }
    }

    @Test
    void should_nest_and_restore() {
        try (GradMode outer = GradMode.off()) {
            try (GradMode middle = GradMode.on()) {
                try (GradMode inner = GradMode.off()) {
                    assertThat(isRecording()).isFalse();
                }
                assertThat(isRecording()).isTrue();
            }
            assertThat(isRecording()).isFalse();
        }
    }

    @Test
    void should_restore_after_an_exception() {
        boolean before = isRecording();
        assertThatThrownBy(
                        () -> {
                            try (GradMode mode = before ? GradMode.off() : GradMode.on()) {
                                throw new IllegalStateException("on purpose");
                            }
                        })
                .hasMessage("on purpose");
        assertThat(isRecording()).isEqualTo(before);
    }

    @Test
    void should_hold_for_its_own_thread_only() throws Exception {
        AtomicReference<Boolean> other = new AtomicReference<>();
        boolean before = isRecording();
        Thread thread =
                new Thread(
                        () -> {
                            try (GradMode off = GradMode.off()) {
                                other.set(isRecording());
                            }
                        });
        try (GradMode on = GradMode.on()) {
            thread.start();
            thread.join();
            assertThat(isRecording()).isTrue();
        }

        assertThat(other.get()).isFalse();
        assertThat(isRecording()).isEqualTo(before);
    }

    private boolean isRecording() {
        NDArray y = x.mul(3);
        try {
            return Autograd.gradients(manager, y, list(x)).get(0).getFloat() == 3;
        } catch (TorchException e) {
            return false;
        }
    }
}
