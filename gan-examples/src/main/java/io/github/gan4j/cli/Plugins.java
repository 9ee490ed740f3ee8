package io.github.gan4j.cli;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.process.ThisProgram;
import io.github.gan4j.run.RunConfig;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Puts the jars of users beside our own, so that their losses and variants are found by name. */
final class Plugins {

    private static List<String> loaded = List.of();

    private Plugins() {}

    /** The jars that have been loaded, by their whole paths. */
    static List<String> loaded() {
        return loaded;
    }

    /** Loads jars, or folders of classes, for this thread and those that it starts. */
    static void load(List<Path> jars) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        loaded = jars.stream().map(jar -> jar.toAbsolutePath().normalize().toString()).toList();
        ThisProgram.setOptions(
                loaded.isEmpty() ? List.of() : List.of("--plugins", String.join(",", loaded)));
        if (jars.isEmpty()) {
            return;
        }
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            if (!Files.exists(jar)) {
                throw new InvalidInputException(
                        "There is no plug-in '%s'; give the jar that 'mvn package' made."
                                .formatted(jar));
            }
            requirePlugin(jar);
            try {
                urls.add(jar.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new InvalidInputException("The path '" + jar + "' cannot be a plug-in.", e);
            }
        }
        thread.setContextClassLoader(new URLClassLoader(urls.toArray(URL[]::new), before));
    }

    private static void requirePlugin(Path jar) {
        if (Files.isDirectory(jar)) {
            return;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            file.entries();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "'%s' is no plug-in: it is neither a jar nor a folder of classes."
                            .formatted(jar),
                    e);
        }
    }

    /** Says that a class of a jar cannot be used. */
    static String broken(Error e) {
        String cause = e.getCause() == null ? "" : " (" + line(e.getCause()) + ")";
        return "A plug-in of %s cannot be used: %s%s. Build it for this gan4j and this Java, and name in META-INF/services public classes with a constructor without arguments."
                .formatted(String.join(", ", loaded), line(e), cause);
    }

    private static String line(Throwable e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        return e.getClass().getSimpleName() + ": " + reason;
    }

    /**
     * Says which jars a run was trained with that are not loaded now.
     *
     * @param values what the command was given: run folders and configurations among them
     * @return a sentence, or an empty text
     */
    static String missing(Stream<Path> values) {
        List<String> missing =
                values.map(path -> Files.isDirectory(path) ? path.resolve("config.yaml") : path)
                        .filter(Files::isRegularFile)
                        .flatMap(file -> RunConfig.readPlugins(file).stream())
                        .filter(jar -> !hasName(jar))
                        .toList();
        return missing.isEmpty()
                ? ""
                : " The run was trained with a plug-in that is not loaded; add --plugins %s before the command."
                        .formatted(String.join(",", missing));
    }

    /** Whether a jar of that name is loaded; it may have moved. */
    private static boolean hasName(String jar) {
        Path name = Path.of(jar).getFileName();
        return loaded.stream().anyMatch(other -> Path.of(other).getFileName().equals(name));
    }
}
