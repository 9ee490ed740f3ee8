package io.github.gan4j.nn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the processor can do, as far as Linux tells; elsewhere the least is assumed. */
final class Processor {

    private static final Path CACHE = Path.of("/sys/devices/system/cpu/cpu0/cache/index3/size");

    private static final long KIBI = 1024;
    private static final long SMALL_CACHE = 8 * KIBI * KIBI;

    /** Bytes of the third-level cache. */
    static final long CACHE_SIZE = cacheSize();

    private Processor() {}

    /** Whether there are instructions that multiply bfloat16. */
    static boolean multipliesBfloat16() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.anyMatch(
                    line -> line.contains(" avx512_bf16") || line.contains(" amx_bf16"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static long cacheSize() {
        try {
            String size = Files.readString(CACHE).strip();
            return size.endsWith("K")
                    ? Long.parseLong(size.substring(0, size.length() - 1)) * KIBI
                    : SMALL_CACHE;
        } catch (IOException | NumberFormatException e) {
            return SMALL_CACHE;
        }
    }
}
