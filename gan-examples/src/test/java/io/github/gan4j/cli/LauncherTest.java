package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher {@code gan4j}, in a checkout of next to nothing, with a Maven and a Java that only
 * say so.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class LauncherTest {

    /** Not among them: flock, which macOS lacks. */
    private static final List<String> TOOLS =
            List.of(
                    "bash",
                    "cat",
                    "dirname",
                    "find",
                    "mkdir",
                    "readlink",
                    "rm",
                    "sed",
                    "sleep",
                    "touch");

    private static final String MAVEN =
            """
            #!/usr/bin/env bash
            echo built >>builds.txt
            sleep 1
            mkdir -p gan-core/target gan-examples/target
            touch gan-core/target/core.jar gan-examples/target/gan-examples.jar
            echo "$PWD/gan-core/target/core.jar" >gan-examples/target/classpath.txt
            """;

    @TempDir private Path folder;
    private Path root;
    private Path target;

    @BeforeEach
    void makeCheckout() throws IOException {
        root = folder.toRealPath().resolve("checkout");
        target = root.resolve("gan-examples/target");
        for (String module : List.of("gan-core", "gan-examples")) {
            Files.createDirectories(root.resolve(module + "/src/main"));
            Files.createFile(root.resolve(module + "/pom.xml"));
        }
        Files.createFile(root.resolve("pom.xml"));
        Files.copy(Path.of("../gan4j"), root.resolve("gan4j"));

        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            program(tools.resolve(tool), "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
        }
        program(tools.resolve("mvn"), MAVEN);
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        program(java, "#!/usr/bin/env bash\necho started\n");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    private static Path find(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", root.resolve("gan4j").toString());
        builder.environment().put("PATH", folder.resolve("tools").toString());
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().remove("GAN4J_GPU");
        return builder.redirectErrorStream(true).start();
    }

    private static List<String> output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(root.resolve("builds.txt"));
    }

    @Test
    void should_build_once_where_two_start_at_once_without_flock() throws IOException {
        Process one = start();
        Process other = start();
        assertThat(output(one)).endsWith("started");
        assertThat(output(other)).endsWith("started");
        assertThat(builds()).hasSize(1);
        assertThat(target.resolve("launcher.lock.folder")).doesNotExist();
    }

    @Test
    void should_build_again_if_a_jar_is_gone() throws IOException {
        output(start());
        Files.writeString(
                target.resolve("classpath.txt"),
                root + "/gan-core/target/core.jar:" + folder.resolve("gone.jar"));
        assertThat(output(start())).containsExactly("Building gan4j (out of date) ...", "started");
        assertThat(output(start())).containsExactly("started");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void should_say_in_a_line_that_it_cannot_write() throws Exception {
        Files.createFile(target); // so that there can be no folder, whoever runs this
        Process process = start();
        assertThat(output(process))
                .containsExactly(
                        ("gan4j: has to be built, but cannot write to %s; run 'mvn -Dquick package'"
                                        + " as one who can, or copy %s.")
                                .formatted(target, root));
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(root.resolve("builds.txt")).doesNotExist();
    }

    @Test
    void should_say_in_a_line_that_a_build_was_killed() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path lock = Files.createDirectories(target.resolve("launcher.lock.folder"));
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
        assertThat(output(start()))
                .containsExactly(
                        "gan4j: a build was killed and left its lock; delete the folder "
                                + lock
                                + " and start again.");
    }
}
