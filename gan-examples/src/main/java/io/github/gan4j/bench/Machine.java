package io.github.gan4j.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.gan4j.torch.Torch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a benchmark ran on.
 *
 * @param cpu the model of the processor
 * @param gpu the model of the GPU; {@code null} if none was used
 * @param cores the processors that the JVM may use
 * @param system the operating system
 * @param java the version of Java
 * @param djl the version of DJL
 * @param libtorch the version of libtorch under DJL
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Machine(
        String cpu,
        String gpu,
        int cores,
        String system,
        String java,
        String djl,
        String libtorch) {

    private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");

    /**
     * Describes the machine that this runs on.
     *
     * @param device where it is computed
     * @return what there is to know of it
     */
    public static Machine describe(Device device) {
        return new Machine(
                cpuModel(),
                device.isGpu() ? gpuModel(DRIVER, device.getDeviceId()) : null,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.version"),
                Engine.getDjlVersion(),
                Torch.startEngine().getVersion());
    }

    /**
     * Returns what has computed.
     *
     * @return the model of the GPU if one was used, else that of the CPU
     */
    public String processor() {
        return gpu == null ? cpu : gpu;
    }

    /**
     * Says how many threads compute.
     *
     * @param count the number
     * @return for instance {@code 2 threads}
     */
    public static String threads(int count) {
        return count(count, "thread");
    }

    private static String count(int count, String what) {
        return count == 1 ? "1 " + what : count + " " + what + "s";
    }

    /** Returns one line on the processors and the system. */
    String describeHardware() {
        return "%s%s, %s, %s"
                .formatted(gpu == null ? "" : gpu + ", ", cpu, count(cores, "core"), system);
    }

    /** Returns one line on what ran on it; without PyTorch if its version is {@code null}. */
    String describeSoftware(String torch) {
        return "Java %s, DJL %s with libtorch %s%s"
                .formatted(java, djl, libtorch, torch == null ? "" : "; PyTorch " + torch);
    }

    /**
     * Finds the model of a GPU.
     *
     * @param driver where NVIDIA's driver has a folder for each GPU, on Linux
     * @param index which GPU, in the order of the folders' names
     */
    static String gpuModel(Path driver, int index) {
        return readDriver(driver, index).or(() -> askDriver(index)).orElse("GPU");
    }

    private static Optional<String> readDriver(Path driver, int index) {
        try (Stream<Path> gpus = Files.list(driver)) {
            return gpus.sorted()
                    .skip(index)
                    .findFirst()
                    .flatMap(folder -> lineOf(folder.resolve("information"), "Model:"));
        } catch (IOException e) {
            return Optional.empty(); // not Linux, or a container hides it
        }
    }

    private static Optional<String> askDriver(int index) {
        ProcessBuilder query =
                new ProcessBuilder(
                        "nvidia-smi",
                        "--query-gpu=name",
                        "--format=csv,noheader",
                        "-i",
                        Integer.toString(index));
        try {
            Process process = query.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (BufferedReader answer = process.inputReader()) {
                return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0
                        ? Optional.ofNullable(answer.readLine()).map(String::strip)
                        : Optional.empty();
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Returns what follows a colon in the first line that begins with a word. */
    private static Optional<String> lineOf(Path file, String word) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(word))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // not Linux
        }
    }

    private static String cpuModel() {
        return lineOf(Path.of("/proc/cpuinfo"), "model name")
                .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"))) // Windows
                .orElseGet(() -> System.getProperty("os.arch"));
    }
}
