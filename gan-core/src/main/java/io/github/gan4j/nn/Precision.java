package io.github.gan4j.nn;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.github.gan4j.InvalidInputException;
import java.util.Locale;

/**
 * The precision in which convolutions and fully connected layers compute.
 *
 * <p>In {@link #BFLOAT16} they multiply numbers of 8 significant bits and add up in float32;
 * weights, norms, losses, penalties and optimisers stay in float32. Processors with instructions
 * for it (AVX-512 BF16, AMX) are up to twice as fast then, and GPUs from Ampere on.
 *
 * <p>The precision belongs to the thread:
 *
 * <pre>{@code
 * try (Precision.Scope scope = Precision.BFLOAT16.use()) {
 *     NDList scores = block.forward(weights, inputs, true);
 * }
 * }</pre>
 */
public enum Precision {
    /** 24 significant bits. */
    FLOAT32,
    /** 8 significant bits, for products. */
    BFLOAT16;

    /** The first compute capability that has instructions for bfloat16: 8.0. */
    private static final int AMPERE = 80;

    private static final ThreadLocal<Precision> CURRENT = ThreadLocal.withInitial(() -> FLOAT32);

    /**
     * Finds a precision by name.
     *
     * @param name {@code float32}, {@code bfloat16}, or {@code auto}: bfloat16 where the device has
     *     instructions for it
     * @param device where to compute
     * @return the precision
     * @throws InvalidInputException if there is none of that name
     */
    public static Precision parse(String name, Device device) {
        return switch (name) {
            case "float32" -> FLOAT32;
            case "bfloat16" -> BFLOAT16;
            case "auto" -> hasInstructions(device) ? BFLOAT16 : FLOAT32;
            default ->
                    throw new InvalidInputException(
                            "There is no precision '%s'; use float32, bfloat16 or auto."
                                    .formatted(name));
        };
    }

    /** Asks CUDA what a GPU can do, and Linux the processor; elsewhere the answer is no. */
    private static boolean hasInstructions(Device device) {
        if (device.isGpu()) {
            return Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())) >= AMPERE;
        }
        return Processor.multipliesBfloat16();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the precision of the moment.
     *
     * @return {@link #FLOAT32} unless another one is in use on this thread
     */
    public static Precision current() {
        return CURRENT.get();
    }

    /**
     * Uses this precision until the scope is closed.
     *
     * @return the scope, to be closed on this thread
     */
    public Scope use() {
        Precision before = CURRENT.get();
        CURRENT.set(this);
        return () -> CURRENT.set(before);
    }

    /** A stretch of code that computes in one precision. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        /** Goes back to the precision before. */
        @Override
        void close();
    }
}
