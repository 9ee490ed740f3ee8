package io.github.gan4j.datasets.tools;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.datasets.EmbeddedTranslation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which icons make up a data set of two domains.
 *
 * @param name the name of the set
 * @param paired whether the training halves hold the same emoji
 * @param testCount how many emoji are held out, at least
 * @param icons the emoji, ordered by name
 */
record EmojiRecipe(String name, boolean paired, int testCount, List<Icon> icons) {

    private static final String NOTO = "noto";
    private static final String FLAT = "fluent-emoji-flat";
    private static final String LINES = "fluent-emoji-high-contrast";
    private static final String LIGHT = "-light-skin-tone";
    private static final String DARK = "-dark-skin-tone";

    /**
     * An emoji in both domains.
     *
     * @param name its name
     * @param a its SVG in domain A
     * @param b its SVG in domain B
     */
    record Icon(String name, String a, String b) {}

    /** The recipe of one of the {@link EmbeddedTranslation} sets. */
    static EmojiRecipe of(String name, Path packages) throws IOException {
        return switch (name) {
            case EmbeddedTranslation.EMOJI ->
                    new EmojiRecipe(name, false, 200, shared(packages, NOTO, FLAT));
            case EmbeddedTranslation.SKETCH ->
                    new EmojiRecipe(name, true, 200, shared(packages, LINES, FLAT));
            case EmbeddedTranslation.TONES ->
                    new EmojiRecipe(name, false, 60, tones(IconSet.read(packages, NOTO)));
            default ->
                    throw new InvalidInputException(
                            "There is no recipe for '%s': use emoji, sketch or tones."
                                    .formatted(name));
        };
    }

    private static List<Icon> shared(Path packages, String first, String second)
            throws IOException {
        IconSet a = IconSet.read(packages, first);
        IconSet b = IconSet.read(packages, second);
        Set<String> names = b.names();
        List<Icon> icons = new ArrayList<>();
        for (String name : a.names()) {
            if (names.contains(name)) {
                icons.add(new Icon(name, a.svg(name), b.svg(name)));
            }
        }
        return icons;
    }

    private static List<Icon> tones(IconSet noto) {
        List<Icon> icons = new ArrayList<>();
        Set<String> names = noto.names();
        for (String name : names) {
            // Names like medium-light and those of couples with two tones are no bases.
            boolean base = !name.contains("skin-tone");
            if (base && names.contains(name + LIGHT) && names.contains(name + DARK)) {
                String light = noto.svg(name + LIGHT);
                String dark = noto.svg(name + DARK);
                // The snowboarder shows no skin.
                if (!light.equals(dark)) {
                    icons.add(new Icon(name, light, dark));
                }
            }
        }
        return icons;
    }
}
