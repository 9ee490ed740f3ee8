package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** What the tests of all packages share: arrays, recorded values, comparisons. */
public final class TestSupport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<ByteBuffer> OVERWRITTEN = new ArrayList<>();

    static {
        // Tiny operators gain nothing from threads, and lose much on a machine that is busy.
        Torch.setThreads(1);
    }

    private TestSupport() {}

    /** A manager on the CPU that the test closes. */
    public static NDManager newManager() {
        return Torch.newManager();
    }

    /** Opens values recorded from PyTorch, {@code reference/NAME.safetensors}. */
    public static Safetensors reference(String name) {
        try {
            String file = "/reference/" + name + ".safetensors";
            return Safetensors.read(Path.of(TestSupport.class.getResource(file).toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Normal numbers in double precision, to differentiate by. */
    public static NDArray variable(NDManager manager, long... shape) {
        NDArray array = manager.randomNormal(0f, 1f, new Shape(shape), DataType.FLOAT64);
        array.setRequiresGradient(true);
        return array;
    }

    /** Asserts that shapes are equal and that no element differs by more than the tolerance. */
    public static void assertClose(
            String what, NDArray actual, NDArray expected, double tolerance) {
        assertThat(actual.getShape()).as("shape of " + what).isEqualTo(expected.getShape());
        assertClose(what, doubles(actual), doubles(expected), tolerance);
    }

    public static void assertClose(
            String what, double[] actual, double[] expected, double tolerance) {
        assertThat(actual.length).as("size of " + what).isEqualTo(expected.length);
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            double gap = Math.abs(actual[i] - expected[i]);
            if (!(gap <= tolerance)) { // also refuses NaN
                fail(
                        "%s[%d] is %s, expected %s: off by %s, tolerance %s",
                        what, i, actual[i], expected[i], gap, tolerance);
            }
            worst = Math.max(worst, gap);
        }
    }

    public static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    /** A copy of the bytes of an array. */
    public static ByteBuffer bytes(NDArray array) {
        ByteBuffer source = array.toByteBuffer();
        byte[] copy = new byte[source.remaining()];
        source.get(copy);
        return ByteBuffer.wrap(copy);
    }

    /** Copies of the bytes of arrays, to compare a later state with. */
    public static Map<String, ByteBuffer> bytes(Map<String, NDArray> arrays) {
        Map<String, ByteBuffer> copies = new LinkedHashMap<>();
        arrays.forEach((name, array) -> copies.put(name, bytes(array)));
        return copies;
    }

    /** Overwrites the values of an array, as loading a checkpoint does. */
    public static void write(NDArray target, NDArray source) {
        assertThat(source.getShape()).isEqualTo(target.getShape());
        target.set(source.toByteBuffer());
    }

    /**
     * Differentiates by central differences: {@code (f(x + h) - f(x - h)) / 2h} for each element.
     *
     * @param variable an array in double precision that the function reads anew in each call
     */
    public static double[] centralDifferences(NDArray variable, double h, DoubleSupplier function) {
        double[] values = doubles(variable);
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            values[i] = value + h;
            variable.set(DoubleBuffer.wrap(values));
            double above = function.getAsDouble();
            values[i] = value - h;
            variable.set(DoubleBuffer.wrap(values));
            double below = function.getAsDouble();
            values[i] = value;
            result[i] = (above - below) / (2 * h);
        }
        variable.set(DoubleBuffer.wrap(values));
        return result;
    }

    /** Reads a scalar and frees all that was computed for it. */
    public static double scalar(
            NDManager manager, java.util.function.Function<NDManager, NDArray> f) {
        try (NDManager scope = manager.newSubManager();
                GradMode recording = GradMode.on()) {
            return doubles(f.apply(scope))[0];
        }
    }

    /**
     * Collects garbage, and writes over the small Java buffers that this has freed. DJL keeps the
     * numbers of {@code array.mul(2)} in such buffers, and the engine may still point there.
     */
    public static void collectGarbage() {
        for (int round = 0; round < 3; round++) {
            ReferenceQueue<Object> collected = new ReferenceQueue<>();
            PhantomReference<Object> canary = new PhantomReference<>(new Object(), collected);
            while (!canary.refersTo(null)) {
                System.gc();
            }
            for (int i = 0; i < 2000; i++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
                buffer.putFloat(0, 77f);
                OVERWRITTEN.add(buffer);
            }
        }
        OVERWRITTEN.clear();
    }

    public static NDList list(NDArray... arrays) {
        return new NDList(arrays);
    }
}
