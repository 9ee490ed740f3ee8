package io.github.gan4j.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of a process, in MiB; {@code null} stands for what is not known.
 *
 * @param residentMb resident memory
 * @param peakMb the most resident memory that there has been
 * @param heapMb the part of the Java heap that is in use
 * @param liveArrays the native arrays that the trainer holds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Memory(Double residentMb, Double peakMb, Double heapMb, Integer liveArrays) {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** Measures this process. Only Linux tells about resident memory. */
    static Memory ofThisProcess(int liveArrays) {
        Runtime runtime = Runtime.getRuntime();
        double heap = (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
        return new Memory(field(STATUS, "VmRSS"), field(STATUS, "VmHWM"), heap, liveArrays);
    }

    /** Reads a line such as {@code VmRSS: 123 kB}. */
    static Double field(Path status, String name) {
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(name + ":")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException | NumberFormatException e) {
            return null; // not Linux
        }
        return null;
    }
}
