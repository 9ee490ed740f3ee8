package io.github.gan4j.nn;

/**
 * Tells the layers that run on the current thread, until closed, that gradients of gradients will
 * be asked for.
 *
 * <pre>{@code
 * try (SecondOrder scope = SecondOrder.on()) {
 *     NDArray scores = critic.score(points); // a penalty on the slope of the scores
 * }
 * }</pre>
 *
 * <p>Values and gradients of either order are the same without it. But libtorch's rectifiers take
 * their second derivative, which is 0, for a number like any other, and a penalty's gradient then
 * runs through all convolutions once more to carry zeros back. In here rectifiers are products with
 * their slopes, which are constants.
 */
public final class SecondOrder implements AutoCloseable {

    private static final ThreadLocal<Boolean> ON = ThreadLocal.withInitial(() -> false);

    private final boolean before = ON.get();

    private SecondOrder() {
        ON.set(true);
    }

    /**
     * Begins a stretch of code whose results are differentiated twice.
     *
     * @return a scope, to be closed on this thread
     */
    public static SecondOrder on() {
        return new SecondOrder();
    }

    /**
     * Tells whether results are differentiated twice.
     *
     * @return {@code false} outside such a scope
     */
    public static boolean isOn() {
        return ON.get();
    }

    /** Restores what was before. */
    @Override
    public void close() {
        ON.set(before);
    }
}
