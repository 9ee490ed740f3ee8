package io.github.gan4j.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An operator, or a few lines of them, that libtorch runs for us, with autograd.
 *
 * <p>The text is TorchScript, the subset of Python that libtorch compiles itself. Tensors and lists
 * of tensors go in and come out; numbers are written into the text as constants:
 *
 * <pre>{@code
 * private static final TorchFunction SHUFFLE =
 *         TorchFunction.of("x: Tensor", "return torch.pixel_shuffle(x, 2)");
 *
 * NDArray large = SHUFFLE.call(manager, small);
 * }</pre>
 *
 * <p>Gradients flow through a call like through any other operator. Functions of the same text
 * share one compiled module, which lives as long as the process; so a text should not hold numbers
 * that change from call to call, which belong into a tensor.
 *
 * <p>The engine is started, and the text compiled, by the first call. A function may be called from
 * any thread, but an array that is part of a list must not take part in calls of two threads at
 * once.
 */
public final class TorchFunction {

    private static final Map<String, PtSymbolBlock> COMPILED = new ConcurrentHashMap<>();

    /**
     * The profiling executor rewrites a function after its first calls, and so changes the last
     * bits of what it returns: a resumed run would differ from one that was never stopped. The
     * switch belongs to the thread.
     */
    private static final ThreadLocal<Boolean> PLAIN_EXECUTION =
            ThreadLocal.withInitial(
                    () -> {
                        JniUtils.setGraphExecutorOptimize(false);
                        return true;
                    });

    private static final Pattern UNKNOWN_OPERATOR =
            Pattern.compile("Unknown builtin op: ([\\w:]+(?:\\.\\w+)*)");

    /** The method that an error of the interpreter was in. */
    private static final Pattern FRAME = Pattern.compile("line \\d+, in (\\w+)");

    /** The definitions of other methods that the function calls, by name. */
    private final Map<String, String> methods;

    /** The function without its name: its parameters, its result and its body. */
    private final String definition;

    private PtSymbolBlock module;

    private TorchFunction(Map<String, String> methods, String definition) {
        this.methods = methods;
        this.definition = definition;
    }

    /**
     * Defines a function that returns one tensor.
     *
     * @param parameters the parameters as TorchScript, for instance {@code "x: Tensor, w: Tensor"};
     *     types are {@code Tensor} and {@code List[Tensor]}
     * @param body the statements, one a line, not indented
     * @return the function, not yet compiled
     */
    public static TorchFunction of(String parameters, String body) {
        return of(parameters, "Tensor", body);
    }

    /**
     * Defines a function.
     *
     * @param parameters the parameters as TorchScript, for instance {@code "x: List[Tensor]"}
     * @param result the type of the result: {@code Tensor}, {@code List[Tensor]} or a tuple of
     *     tensors, {@code Tuple[Tensor, Tensor]}
     * @param body the statements, one a line, not indented
     * @return the function, not yet compiled
     */
    public static TorchFunction of(String parameters, String result, String body) {
        return new TorchFunction(Map.of(), define(parameters, result, body));
    }

    private static String define(String parameters, String result, String body) {
        StringBuilder sb = new StringBuilder(256);
        sb.append("(self: __torch__.F, ").append(parameters);
        sb.append(") -> ").append(result).append(":\n");
        body.lines().forEach(line -> sb.append("    ").append(line).append('\n'));
        return sb.toString();
    }

    private static String method(String name, String definition) {
        return "  def " + name + definition;
    }

    /**
     * A part of a composed function.
     *
     * @param function a function of single tensors that returns one, not composed itself
     * @param operands where its tensors come from: i for the result of part i, -1 - i for input i
     */
    public record Part(TorchFunction function, List<Integer> operands) {}

    /**
     * Composes functions, so that they are one call.
     *
     * @param inputs how many tensors the composed function takes
     * @param parts the functions, each after those whose results it takes
     * @return a function that returns what the last part does
     */
    public static TorchFunction compose(int inputs, List<Part> parts) {
        Map<String, String> names = new LinkedHashMap<>();
        StringBuilder body = new StringBuilder(256);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            String definition = part.function().definition;
            names.putIfAbsent(definition, "part" + names.size());
            String operands =
                    part.operands().stream()
                            .map(place -> place < 0 ? "x" + (-1 - place) : "y" + place)
                            .collect(Collectors.joining(", "));
            body.append("y%d = (self).%s(%s)\n".formatted(i, names.get(definition), operands));
        }
        body.append("return y").append(parts.size() - 1);
        String parameters =
                IntStream.range(0, inputs)
                        .mapToObj(i -> "x" + i + ": Tensor")
                        .collect(Collectors.joining(", "));
        Map<String, String> methods = new LinkedHashMap<>();
        names.forEach((definition, name) -> methods.put(name, definition));
        return new TorchFunction(methods, define(parameters, "Tensor", body.toString()));
    }

    /**
     * Calls a function of single tensors.
     *
     * @param manager the manager that the result is attached to
     * @param inputs one array for each parameter, in order
     * @return the result
     * @throws TorchException if libtorch does not know an operator of the text, or refuses the
     *     inputs, for instance for their shapes
     */
    public NDArray call(NDManager manager, NDArray... inputs) {
        for (NDArray input : inputs) {
            if (isMeaningful(input.getName())) {
                List<NDArray> arrays = Arrays.asList(inputs);
                return run(manager, arrays, new String[inputs.length]).singletonOrThrow();
            }
        }
        return forward(manager, new NDList(inputs)).singletonOrThrow();
    }

    /**
     * Calls a function whose parameters are all lists of tensors.
     *
     * @param manager the manager that the results are attached to
     * @param inputs one list for each parameter, in order, none of them empty
     * @return the results
     * @throws TorchException if libtorch does not know an operator of the text, or refuses the
     *     inputs, for instance for their shapes
     */
    public NDList call(NDManager manager, NDList... inputs) {
        List<NDArray> arrays = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i].isEmpty()) {
                throw new IllegalArgumentException(
                        "Argument " + i + " is an empty list; leave it out of the function.");
            }
            for (NDArray array : inputs[i]) {
                arrays.add(array);
                names.add("list" + i + "[]");
            }
        }
        return run(manager, arrays, names.toArray(new String[0]));
    }

    /**
     * Calls a function that changes arrays in place and takes a number last, as a list of one
     * tensor of 64 bits on the CPU; nothing is recorded for gradients.
     *
     * @param number the number, which differs from call to call
     * @param inputs one list for each parameter before the number, in order, none of them empty
     * @throws TorchException if libtorch does not know an operator of the text, or refuses the
     *     inputs, for instance for their shapes
     */
    public void callInPlace(double number, NDList... inputs) {
        NDManager owner = inputs[0].get(0).getManager();
        try (NDManager manager = owner.newSubManager(Device.cpu());
                GradMode recording = GradMode.off()) {
            NDList[] all = Arrays.copyOf(inputs, inputs.length + 1);
            all[inputs.length] = new NDList(manager.create(number));
            call(manager, all);
        }
    }

    /** DJL tells lists from single tensors by the names of the arrays: lend them names. */
    private NDList run(NDManager manager, List<NDArray> arrays, String[] names) {
        int count = arrays.size();
        NDArray[] inputs = new NDArray[count];
        boolean[] renamed = new boolean[count];
        String[] ownNames = new String[count];
        Map<NDArray, String> lentNames = new IdentityHashMap<>();
        for (int i = 0; i < count; i++) {
            NDArray array = arrays.get(i);
            // One object cannot carry two names: the second one gets a handle of its own.
            boolean first = !lentNames.containsKey(array);
            if (first) {
                lentNames.put(array, names[i]);
            }
            boolean sameName = first || Objects.equals(lentNames.get(array), names[i]);
            inputs[i] = sameName ? array : array.toType(array.getDataType(), true);
            ownNames[i] = inputs[i].getName();
            // A single tensor is left alone, so that threads may use it at once.
            renamed[i] = names[i] != null || isMeaningful(ownNames[i]);
        }
        for (int i = 0; i < count; i++) {
            if (renamed[i]) {
                inputs[i].setName(names[i]);
            }
        }
        try {
            return forward(manager, new NDList(inputs));
        } finally {
            for (int i = 0; i < count; i++) {
                if (renamed[i]) {
                    inputs[i].setName(ownNames[i]);
                }
            }
        }
    }

    private NDList forward(NDManager manager, NDList inputs) {
        PtSymbolBlock compiled = compile();
        PLAIN_EXECUTION.get();
        NDList result;
        try {
            result = IValueUtils.forward(compiled, inputs, true);
        } catch (EngineException e) {
            throw explain(e);
        }
        result.attach(manager);
        return result;
    }

    /** Whether DJL would not know a single tensor by this name. */
    private static boolean isMeaningful(String name) {
        return name != null
                && (name.indexOf('.') >= 0 || name.indexOf('[') >= 0 || name.indexOf('(') >= 0);
    }

    private String source() {
        StringBuilder sb = new StringBuilder(1024);
        methods.forEach((name, text) -> sb.append(method(name, text)));
        return sb.append(method("forward", definition)).toString();
    }

    private PtSymbolBlock compile() {
        if (module == null) {
            module = COMPILED.computeIfAbsent(source(), this::load);
        }
        return module;
    }

    private PtSymbolBlock load(String text) {
        PtNDManager manager = (PtNDManager) Torch.newManager();
        manager.setName("torch function");
        try {
            return JniUtils.loadModule(
                    manager, new ByteArrayInputStream(ScriptArchive.of(text)), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (EngineException e) {
            manager.close();
            throw explain(e);
        }
    }

    private TorchException explain(EngineException e) {
        String message = String.valueOf(e.getMessage());
        String text = culprit(message);
        Matcher unknown = UNKNOWN_OPERATOR.matcher(message);
        if (unknown.find()) {
            return new TorchException(
                    "libtorch has no operator "
                            + unknown.group(1)
                            + "; see the names in the documentation of its version. In:\n"
                            + text,
                    e);
        }
        return new TorchException(Messages.essence(message) + ". In:\n" + text, e);
    }

    /** The part that failed, for the text of a whole network says little. */
    private String culprit(String message) {
        Matcher frame = FRAME.matcher(message);
        String name = "";
        while (frame.find()) {
            name = frame.group(1);
        }
        return methods.containsKey(name) ? method("forward", methods.get(name)) : source();
    }
}
