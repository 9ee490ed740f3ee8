package io.github.gan4j.run;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Looks for infinities and NaN in the bytes of an array. */
final class FiniteCheck {

    /** The exponent of a half-precision number; all ones for what is not finite. */
    private static final int HALF_EXPONENT = 0x7C00;

    private FiniteCheck() {}

    /** Returns the index of the first element that is not finite, or -1. */
    static long firstNonFinite(DataType type, ByteBuffer bytes) {
        switch (type) {
            case FLOAT32 -> {
                FloatBuffer floats = bytes.asFloatBuffer();
                for (int i = 0; i < floats.limit(); i++) {
                    if (!Float.isFinite(floats.get(i))) {
                        return i;
                    }
                }
            }
            case FLOAT64 -> {
                DoubleBuffer doubles = bytes.asDoubleBuffer();
                for (int i = 0; i < doubles.limit(); i++) {
                    if (!Double.isFinite(doubles.get(i))) {
                        return i;
                    }
                }
            }
            case FLOAT16 -> {
                ShortBuffer halves = bytes.asShortBuffer();
                for (int i = 0; i < halves.limit(); i++) {
                    if ((halves.get(i) & HALF_EXPONENT) == HALF_EXPONENT) {
                        return i;
                    }
                }
            }
            default -> {
                return -1;
            }
        }
        return -1;
    }
}
