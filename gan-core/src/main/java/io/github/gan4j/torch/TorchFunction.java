package io.github.gan4j.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An operator, or a few lines of them, that libtorch runs for us, with autograd.
 *
 * <p>The text is TorchScript, the subset of Python that libtorch compiles itself. Tensors, lists of
 * tensors and numbers go in, tensors and lists of them come out; what does not change from call to
 * call is written into the text as a constant:
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
 * that change from call to call, which are arguments.
 *
 * <p>The engine is started, and the text compiled, by the first call. A function may be called from
 * any thread, and threads may pass the same arrays.
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

    private static final String SINGLE = ": Tensor";

    /** What was defined; {@code null} if this is composed. */
    private final Method own;

    /** The methods by name; {@code forward} is the one that is called. */
    private final Map<String, Method> methods;

    /** How many single tensors there are, which are passed as one list; none if there are lists. */
    private final int singles;

    private volatile PtSymbolBlock module;

    /** What a method takes, what it returns, and what it does. */
    private record Method(String parameters, String result, String body) {

        String named(String name) {
            StringBuilder sb = new StringBuilder(256);
            sb.append("  def ").append(name).append("(self: __torch__.F, ").append(parameters);
            sb.append(") -> ").append(result).append(":\n");
            body.lines().forEach(line -> sb.append("    ").append(line).append('\n'));
            return sb.toString();
        }
    }

    private TorchFunction(Method own, Map<String, Method> methods, int singles) {
        this.own = own;
        this.methods = methods;
        this.singles = singles;
    }

    /**
     * Defines a function that returns one tensor.
     *
     * @param parameters the parameters as TorchScript: single tensors, {@code "x: Tensor, w:
     *     Tensor"}, or lists of them and then numbers, {@code "x: List[Tensor], rate: float"}
     * @param body the statements, one a line, not indented
     * @return the function, not yet compiled
     */
    public static TorchFunction of(String parameters, String body) {
        return of(parameters, "Tensor", body);
    }

    /**
     * Defines a function.
     *
     * @param parameters the parameters as TorchScript: single tensors, {@code "x: Tensor, w:
     *     Tensor"}, or lists of them and then numbers, {@code "x: List[Tensor], rate: float"}
     * @param result the type of the result: {@code Tensor}, {@code List[Tensor]} or a tuple of
     *     tensors, {@code Tuple[Tensor, Tensor]}
     * @param body the statements, one a line, not indented
     * @return the function, not yet compiled
     */
    public static TorchFunction of(String parameters, String result, String body) {
        Method method = new Method(parameters, result, body);
        if (!parameters.contains(SINGLE)) {
            return new TorchFunction(method, Map.of("forward", method), 0);
        }
        String[] all = parameters.split(",");
        if (!Arrays.stream(all).allMatch(parameter -> parameter.contains(SINGLE))) {
            throw new IllegalArgumentException(
                    "The parameters are single tensors, or lists and numbers; make one kind of: "
                            + parameters);
        }
        String operands =
                IntStream.range(0, all.length)
                        .mapToObj(TorchFunction::single)
                        .collect(Collectors.joining(", "));
        Map<String, Method> methods = new LinkedHashMap<>();
        methods.put("forward", ofSingles(result, "return (self).part0(" + operands + ")"));
        methods.put("part0", method); // last, where the end of the text is its own
        return new TorchFunction(method, methods, all.length);
    }

    /**
     * Defines a function for {@link #callInPlace}, which returns nothing.
     *
     * @param parameters the parameters as TorchScript: lists of tensors and then numbers, {@code
     *     "x: List[Tensor], rate: float"}
     * @param body the statements, one a line, not indented
     * @return the function, not yet compiled
     */
    public static TorchFunction inPlace(String parameters, String body) {
        return of(parameters, "NoneType", body.stripTrailing() + "\nreturn None");
    }

    /**
     * Defines a function of a list of tensors that returns a list of as many values.
     *
     * @param type their type
     * @param value an expression of {@code x[i]}
     */
    static TorchFunction ofEach(String type, String value) {
        return of(
                "x: List[Tensor]",
                "List[" + type + "]",
                """
                result = annotate(List[%s], [])
                for i in range(torch.len(x)):
                  _0 = torch.append(result, %s)
                return result
                """
                        .formatted(type, value));
    }

    private static String single(int index) {
        return "x[" + index + "]";
    }

    private static Method ofSingles(String result, String body) {
        return new Method("x: List[Tensor]", result, body);
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
        Map<Method, String> names = new LinkedHashMap<>();
        StringBuilder body = new StringBuilder(256);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Method method = part.function().own;
            names.putIfAbsent(method, "part" + names.size());
            String operands =
                    part.operands().stream()
                            .map(place -> place < 0 ? single(-1 - place) : "y" + place)
                            .collect(Collectors.joining(", "));
            body.append("y%d = (self).%s(%s)\n".formatted(i, names.get(method), operands));
        }
        body.append("return y").append(parts.size() - 1);
        Map<String, Method> methods = new LinkedHashMap<>();
        names.forEach((method, name) -> methods.put(name, method));
        methods.put("forward", ofSingles("Tensor", body.toString()));
        return new TorchFunction(null, methods, inputs);
    }

    /**
     * Calls a function of single tensors that returns one.
     *
     * @param manager the manager that the result is attached to
     * @param inputs one array for each parameter, in order
     * @return the result
     * @throws TorchException if libtorch does not know an operator of the text, or refuses the
     *     inputs, for instance for their shapes
     */
    public NDArray call(NDManager manager, NDArray... inputs) {
        if (inputs.length != singles) {
            throw new IllegalArgumentException(
                    "The function takes %d single tensors, not %d."
                            .formatted(singles, inputs.length));
        }
        return run(List.of(new NDList(inputs)), result -> result.toTensor((PtNDManager) manager));
    }

    /**
     * Calls a function whose parameters are lists of tensors.
     *
     * @param manager the manager that the results are attached to
     * @param inputs one list for each parameter, in order
     * @return the results
     * @throws TorchException if libtorch does not know an operator of the text, or refuses the
     *     inputs, for instance for their shapes
     */
    public NDList call(NDManager manager, NDList... inputs) {
        return call(manager, List.of(inputs));
    }

    /**
     * Calls a function whose parameters are lists of tensors and then numbers.
     *
     * @param manager the manager that the results are attached to
     * @param inputs one list for each parameter that is one, in order
     * @param numbers the numbers, which are {@code float} in the text, 64 bits
     * @return the results
     * @throws TorchException if libtorch does not know an operator of the text, or refuses the
     *     inputs, for instance for their shapes
     */
    public NDList call(NDManager manager, List<NDList> inputs, double... numbers) {
        return run(inputs, result -> result.toNDList((PtNDManager) manager), numbers);
    }

    /**
     * Calls a function that changes arrays {@link #inPlace}; nothing is recorded for gradients.
     *
     * @param inputs one list for each parameter that is one, in order
     * @param numbers the numbers, which are {@code float} in the text, 64 bits
     * @throws TorchException if libtorch does not know an operator of the text, or refuses the
     *     inputs, for instance for their shapes
     */
    public void callInPlace(List<NDList> inputs, double... numbers) {
        try (GradMode unrecorded = GradMode.off()) {
            run(inputs, result -> null, numbers);
        }
    }

    /**
     * Calls a function of lists of tensors and then numbers.
     *
     * @param read reads the result, which is closed then
     */
    <T> T run(List<NDList> inputs, Function<IValue, T> read, double... numbers) {
        PtSymbolBlock compiled = compile();
        List<IValue> arguments = new ArrayList<>(inputs.size() + numbers.length);
        try {
            for (NDList list : inputs) {
                arguments.add(IValue.listFrom(list.toArray(new PtNDArray[0])));
            }
            for (double number : numbers) {
                arguments.add(IValue.from(number));
            }
            PLAIN_EXECUTION.get();
            try (IValue result = EngineCalls.forward(compiled, arguments)) {
                return read.apply(result);
            }
        } catch (EngineException e) {
            throw explain(e);
        } finally {
            arguments.forEach(IValue::close);
        }
    }

    private String source() {
        StringBuilder sb = new StringBuilder(1024);
        methods.forEach((name, method) -> sb.append(method.named(name)));
        return sb.toString();
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
        if (own != null) {
            return own.named("forward");
        }
        Matcher frame = FRAME.matcher(message);
        String name = "forward";
        while (frame.find()) {
            name = frame.group(1);
        }
        boolean part = methods.containsKey(name) && !"forward".equals(name);
        return part ? methods.get(name).named("forward") : source();
    }
}
