package io.github.gan4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shell scripts that pass for a Python with torch. */
final class FakePython {

    private static final String GREETING =
            """
            echo '{"ready": true, "torch": "9.9", "threads": 1, "parameters": %s}'
            """;

    private static final String PARAMETERS = "{\"generator\": 7, \"discriminator\": 5}";

    /** Answers run N with steps of 2 ms in a loop of 3 ms. */
    private static final String WORK =
            """
            while read -r command n; do
                case $command in
                    run)
                        list=2
                        i=1
                        while [ $i -lt $n ]; do list="$list, 2"; i=$((i + 1)); done
                        echo "{\\"ms\\": [$list], \\"total_ms\\": $((3 * n))}" ;;
                    memory) echo '{"rss_mb": 120.5, "peak_mb": null}' ;;
                    generate) echo "{\\"ms\\": $n}" ;;
                esac
            done
            """;

    private FakePython() {}

    static Path good(Path folder) throws IOException {
        return good(folder, PARAMETERS);
    }

    static Path good(Path folder, String parameters) throws IOException {
        return write(folder, GREETING.formatted(parameters) + WORK);
    }

    /** Greets, and does as it is told at the first command. */
    static Path greeting(Path folder, String reaction) throws IOException {
        return write(folder, GREETING.formatted(PARAMETERS) + "read -r command\n" + reaction);
    }

    static Path write(Path folder, String text) throws IOException {
        Path file = folder.resolve("python");
        Files.writeString(file, "#!/bin/sh\nif [ \"$1\" = -c ]; then exit 0; fi\n" + text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
        return file;
    }
}
