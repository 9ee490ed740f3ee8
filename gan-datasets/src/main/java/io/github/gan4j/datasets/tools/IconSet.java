package io.github.gan4j.datasets.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/** Icons as SVG by name: the {@code icons.json} of an Iconify package. */
final class IconSet {

    private final JsonNode json;

    private IconSet(JsonNode json) {
        this.json = json;
    }

    /**
     * Reads a set.
     *
     * @param packages the folder that tools/fetch-emoji.sh has filled
     * @param name the name of the package, without its scope
     */
    static IconSet read(Path packages, String name) throws IOException {
        Path file = packages.resolve(name).resolve("icons.json");
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    "There is no file '%s': bring the icons with tools/fetch-emoji.sh first."
                            .formatted(file));
        }
        return new IconSet(new ObjectMapper().readTree(file.toFile()));
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        json.get("icons").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * What is drawn, without the element around it; black where the icon leaves the colour open.
     */
    String body(String name) {
        return json.get("icons").get(name).get("body").asText().replace("currentColor", "#000");
    }

    /** A whole SVG document. */
    String svg(String name) {
        return """
               <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
               viewBox="0 0 %d %d">%s</svg>"""
                .formatted(length(name, "width"), length(name, "height"), body(name));
    }

    /** The icon's own width or height, else that of all. */
    private int length(String name, String axis) {
        JsonNode own = json.get("icons").get(name).get(axis);
        return own == null ? json.get(axis).asInt() : own.asInt();
    }
}
