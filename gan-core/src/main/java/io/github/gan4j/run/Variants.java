package io.github.gan4j.run;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Names;
import io.github.gan4j.Variant;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds variants by name among those on the class path. */
public final class Variants {

    private Variants() {}

    /**
     * Finds a variant.
     *
     * @param name its name
     * @return the variant
     * @throws InvalidInputException if there is none of that name
     */
    public static Variant<?> find(String name) {
        List<Variant<?>> variants = list();
        for (Variant<?> variant : variants) {
            if (variant.getName().equals(name)) {
                return variant;
            }
        }
        List<String> names = variants.stream().<String>map(Variant::getName).toList();
        if (names.isEmpty()) {
            throw new InvalidInputException(
                    "Variant '" + name + "' is not here: add the jar of gan-models.");
        }
        throw new InvalidInputException(
                "There is no variant '%s'; did you mean '%s'? 'gan4j list' shows all variants."
                        .formatted(name, Names.nearest(name, names)));
    }

    /**
     * Lists all variants.
     *
     * @return the variants, by name
     */
    public static List<Variant<?>> list() {
        return ServiceLoader.load(Variant.class).stream()
                .<Variant<?>>map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Variant::getName))
                .toList();
    }
}
