package io.github.gan4j.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A TorchScript file of somebody else's, with its weights, run without gradients. */
public final class ScriptModule implements AutoCloseable {

    /** The parameters of {@code forward}, as they stand in the text of the archive. */
    private static final Pattern FORWARD =
            Pattern.compile("def forward\\(self[^,)]*,(.*?)\\) ->", Pattern.DOTALL);

    private final Path file;
    private final PtNDManager manager;
    private final PtSymbolBlock module;

    /**
     * Loads a file.
     *
     * @param file what {@code torch.jit.save} wrote
     * @param device where its weights go, wherever they were when it was saved
     * @throws InvalidInputException if it is no TorchScript file
     */
    public ScriptModule(Path file, Device device) {
        this.file = file;
        manager = (PtNDManager) Torch.newManager(device);
        manager.setName("script module");
        try {
            module = JniUtils.loadModule(manager, file, true, new String[0], new String[0], false);
        } catch (EngineException e) {
            manager.close();
            throw new InvalidInputException(
                    "'%s' is no TorchScript file that can be loaded: %s."
                            .formatted(file, Messages.essence(String.valueOf(e.getMessage()))),
                    e);
        }
    }

    /**
     * Returns where the module computes.
     *
     * @return the device
     */
    public Device getDevice() {
        return manager.getDevice();
    }

    /**
     * Tells whether one of the modules in the file has a {@code forward} with a parameter of a
     * name.
     *
     * @param name for instance {@code return_features}
     * @return whether there is one
     */
    public boolean hasParameter(String name) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.getName().endsWith(".py")) {
                    continue;
                }
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                Matcher matcher = FORWARD.matcher(new String(bytes, StandardCharsets.UTF_8));
                while (matcher.find()) {
                    if (matcher.group(1).matches("(?s).*\\b" + Pattern.quote(name) + "\\b.*")) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException e) {
            return false; // an old archive, which is no zip, or one that holds no text
        }
    }

    /**
     * Runs {@code forward}.
     *
     * @param input the first argument, on the device of the module
     * @param flags further arguments
     * @return the tensor that it returned, or the tensors of a tuple, attached to the manager of
     *     the input
     * @throws InvalidInputException if the module refuses the input, or returns something else
     */
    public NDList forward(NDArray input, boolean... flags) {
        IValue[] arguments = new IValue[flags.length + 1];
        try (GradMode recording = GradMode.off()) {
            arguments[0] = IValue.from((PtNDArray) input);
            for (int i = 0; i < flags.length; i++) {
                arguments[i + 1] = IValue.from(flags[i]);
            }
            IValue result = IValueUtils.runMethod(module, "forward", arguments);
            try {
                NDList arrays = result.toNDList((PtNDManager) input.getManager());
                arrays.attach(input.getManager());
                return arrays;
            } finally {
                result.close();
            }
        } catch (EngineException e) {
            throw new InvalidInputException(
                    "'%s' refuses pictures of shape %s: %s."
                            .formatted(
                                    file,
                                    input.getShape(),
                                    Messages.essence(String.valueOf(e.getMessage()))),
                    e);
        } catch (UnsupportedOperationException e) {
            throw new InvalidInputException(
                    "'%s' returns neither a tensor nor a tuple of tensors.".formatted(file), e);
        } finally {
            for (IValue argument : arguments) {
                if (argument != null) {
                    argument.close();
                }
            }
        }
    }

    /** Frees the module. */
    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
