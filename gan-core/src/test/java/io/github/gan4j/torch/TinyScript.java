package io.github.gan4j.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes TorchScript files without weights, as somebody else's would be. */
public final class TinyScript {

    private TinyScript() {}

    /**
     * Writes a module.
     *
     * @param file the file
     * @param parameters the parameters of {@code forward} and the type that it returns, such as
     *     {@code "x: Tensor) -> Tensor"}
     * @param body the statements, one a line
     */
    public static Path write(Path file, String parameters, String... body) throws IOException {
        String indent = "\n    ";
        String text =
                "  def forward(self: __torch__.F,\n    "
                        + parameters
                        + ":"
                        + indent
                        + String.join(indent, body)
                        + "\n";
        return Files.write(file, ScriptArchive.of(text));
    }
}
