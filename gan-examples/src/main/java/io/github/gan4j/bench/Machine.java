package io.github.gan4j.bench;

import ai.djl.engine.Engine;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a benchmark ran on.
 *
 * @param cpu the model of the processor
 * @param cores the processors that the JVM may use
 * @param system the operating system
 * @param java the version of Java
 * @param djl the version of DJL
 * @param libtorch the version of libtorch under DJL
 */
public record Machine(
        String cpu, int cores, String system, String java, String djl, String libtorch) {

    /**
     * Describes the machine that this runs on.
     *
     * @return what there is to know of it
     */
    public static Machine describe() {
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.version"),
                Engine.getDjlVersion(),
                Torch.startEngine().getVersion());
    }

    /** Returns one line on the processor and the system. */
    String describeHardware() {
        return "%s, %d core%s, %s".formatted(cpu, cores, cores == 1 ? "" : "s", system);
    }

    /** Returns one line on what ran on it; without PyTorch if its version is {@code null}. */
    String describeSoftware(String torch) {
        return "Java %s, DJL %s with libtorch %s%s"
                .formatted(java, djl, libtorch, torch == null ? "" : "; PyTorch " + torch);
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            Optional<String> model =
                    lines.filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .findFirst();
            if (model.isPresent()) {
                return model.get();
            }
        } catch (IOException e) {
            // Not Linux.
        }
        String identifier = System.getenv("PROCESSOR_IDENTIFIER"); // Windows
        return identifier == null ? System.getProperty("os.arch") : identifier;
    }
}
