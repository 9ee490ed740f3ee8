package io.github.gan4j.torch;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Calls a module with values as they are.
 *
 * <p>DJL has two public ways to do it. One makes lists of arrays by what their names mean, which
 * takes as long as a small operator and marks arrays that other threads may use; the other runs in
 * inference mode, without gradients. So the native method below both is called by a handle.
 */
final class EngineCalls {

    private static final MethodHandle RUN;
    private static final MethodHandle NEW_VALUE;

    static {
        try {
            MethodHandles.Lookup djl =
                    MethodHandles.privateLookupIn(IValue.class, MethodHandles.lookup());
            Class<?> library = djl.findClass("ai.djl.pytorch.jni.PyTorchLibrary");
            MethodType type =
                    MethodType.methodType(
                            long.class,
                            long.class,
                            String.class,
                            long[].class,
                            boolean.class,
                            boolean.class);
            Object instance = djl.findStaticGetter(library, "LIB", library).invoke();
            RUN = djl.findVirtual(library, "moduleRunMethod", type).bindTo(instance);
            NEW_VALUE =
                    djl.findConstructor(
                            IValue.class, MethodType.methodType(void.class, long.class));
        } catch (Throwable e) { // what method handles throw
            throw new IllegalStateException(
                    "This version of DJL's PyTorch engine has not the native call that gan4j"
                            + " needs; use the version that gan4j is built with.",
                    e);
        }
    }

    private EngineCalls() {}

    /**
     * Calls {@code forward}, recording gradients if the thread does.
     *
     * @param module the module
     * @param arguments the arguments
     * @return the result, to be closed
     * @throws EngineException if it fails
     */
    static IValue forward(PtSymbolBlock module, List<IValue> arguments) {
        long[] handles = new long[arguments.size()];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = arguments.get(i).getHandle();
        }
        try {
            long handle = module.getHandle();
            long result = (long) RUN.invokeExact(handle, "forward", handles, true, false);
            return (IValue) NEW_VALUE.invokeExact(result);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // a native method declares nothing
            throw new IllegalStateException(e);
        }
    }
}
