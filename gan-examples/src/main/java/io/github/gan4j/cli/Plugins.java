package io.github.gan4j.cli;

import io.github.gan4j.InvalidInputException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts the jars of users beside our own, so that their losses and variants are found by name. */
final class Plugins {

    private Plugins() {}

    /** Loads jars, or folders of classes, for this thread and those that it starts. */
    static void load(List<Path> jars) {
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
            try {
                urls.add(jar.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new InvalidInputException("The path '" + jar + "' cannot be a plug-in.", e);
            }
        }
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(
                new URLClassLoader(urls.toArray(URL[]::new), thread.getContextClassLoader()));
    }
}
