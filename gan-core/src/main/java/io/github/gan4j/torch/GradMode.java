package io.github.gan4j.torch;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Switches the recording of gradients on or off for the current thread, until closed.
 *
 * <pre>{@code
 * try (GradMode recording = GradMode.off()) {
 *     NDArray samples = ...; // no graph is kept
 * }
 * }</pre>
 */
public final class GradMode implements AutoCloseable {

    private final boolean before;

    private GradMode(boolean enabled) {
        Torch.startEngine();
        before = JniUtils.isGradMode();
        JniUtils.setGradMode(enabled);
    }

    /**
     * Records gradients.
     *
     * @return a scope to close
     */
    public static GradMode on() {
        return new GradMode(true);
    }

    /**
     * Records no gradients.
     *
     * @return a scope to close
     */
    public static GradMode off() {
        return new GradMode(false);
    }

    /** Restores the mode that the thread was in before. */
    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
