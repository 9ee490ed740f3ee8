package io.github.gan4j.contract;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Component;
import io.github.gan4j.Components;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.torch.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;

/** What all contracts share: a manager for each test, and words for a rule that is broken. */
abstract class Contract {

    static final long SEED = 20_14;

    private NDManager manager;

    /** Opens the manager of the test. */
    @BeforeEach
    public final void openManager() {
        manager = Torch.newManager();
        Torch.seed(SEED);
    }

    /** Closes the manager of the test, and so all arrays that it made. */
    @AfterEach
    public final void closeManager() {
        manager.close();
    }

    final NDManager manager() {
        return manager;
    }

    /** What is tested, for messages. */
    abstract Object subject();

    /**
     * Ends the test.
     *
     * @param rule what has to hold, a main clause without a full stop
     * @param found what came instead
     * @param mend what to do about it, a sentence
     */
    final AssertionError broken(String rule, String found, String mend, Throwable... cause) {
        String message =
                "%s breaks a rule: %s. But %s. %s".formatted(name(subject()), rule, found, mend);
        return Assertions.fail(message, cause.length == 0 ? null : cause[0]);
    }

    final void require(boolean kept, String rule, Supplier<String> found, String mend) {
        if (!kept) {
            throw broken(rule, found.get(), mend);
        }
    }

    private static String name(Object subject) {
        String name = subject.getClass().getSimpleName();
        return name.isEmpty() ? subject.getClass().getName().replaceAll(".*\\.", "") : name;
    }

    /** Runs a computation of the class under test; what the engine refuses breaks the rule. */
    final <T> T run(String rule, String mend, Supplier<T> computation) {
        try {
            return computation.get();
        } catch (InvalidInputException e) {
            throw e; // says itself what is wrong
        } catch (EngineException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException
                | UnsupportedOperationException e) {
            throw broken(rule, "it threw " + firstLine(e), mend, e);
        }
    }

    private static String firstLine(RuntimeException e) {
        String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        return "%s (%s)".formatted(e.getClass().getSimpleName(), text.replaceFirst("\\.$", ""));
    }

    /** Standard normal numbers, the same for the same draw and shape. */
    static NDArray normal(NDManager manager, long draw, Shape shape) {
        Torch.seed(SEED + draw);
        return manager.randomNormal(0f, 1f, shape, DataType.FLOAT32);
    }

    static boolean isScalar(NDArray array) {
        return array.getShape().size() == 1 && array.getShape().dimension() <= 1;
    }

    static boolean isFinite(NDArray array) {
        for (float value : array.toFloatArray()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether two lists of numbers agree but for rounding. */
    static boolean isClose(float[] a, float[] b, float tolerance) {
        float size = 0;
        for (float value : b) {
            size = Math.max(size, Math.abs(value));
        }
        for (int i = 0; i < a.length; i++) {
            if (!(Math.abs(a[i] - b[i]) <= tolerance * Math.max(size, 1e-3f))) {
                return false;
            }
        }
        return a.length == b.length;
    }

    static String brief(float[] values) {
        return values.length == 1
                ? Float.toString(values[0])
                : Arrays.toString(Arrays.copyOf(values, Math.min(values.length, 4)))
                        .replace("]", values.length > 4 ? ", ..]" : "]");
    }

    /** The rules of names, and of what a configuration can hold. */
    final <T extends Component> void checkName(Class<T> type, T component) {
        String name = component.getName();
        require(
                name != null && name.matches("[a-z0-9]+(-[a-z0-9]+)*"),
                "a name is lower-case words joined by hyphens",
                () -> "getName() returned '" + name + "'",
                "Return a name such as 'my-idea'.");
        List<T> listed = Components.list(type);
        if (listed.stream().noneMatch(other -> other.getClass() == component.getClass())) {
            return; // used from Java only
        }
        require(
                listed.stream().filter(other -> other.getName().equals(name)).count() == 1,
                "a name is unique",
                () -> "another %s is called '%s' too".formatted(type.getSimpleName(), name),
                "Return another name from getName().");
        String written = Components.describe(component);
        T read = Components.parse(type, written);
        require(
                !component.getClass().isRecord() || read.equals(component),
                "a configuration holds all options",
                () -> "'%s' was read again as %s".formatted(written, read),
                "Make every option a component of the record: a number, a boolean or an enum.");
    }
}
