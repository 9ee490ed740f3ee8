package io.github.gan4j.run;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows whether Java can draw text here. Many a server and container has no fonts. */
final class Fonts {

    private static final Logger LOGGER = LoggerFactory.getLogger(Fonts.class);
    private static final boolean AVAILABLE = probe(Fonts::measure);

    private Fonts() {}

    /** Tells whether there are fonts; says once, in a warning, what to do if there are none. */
    static boolean areAvailable() {
        return AVAILABLE;
    }

    /** Without fonts Java fails in many ways, by version and by what exactly is missing. */
    static boolean probe(Supplier<?> use) {
        try {
            use.get();
            return true;
        } catch (RuntimeException | LinkageError | InternalError e) {
            LOGGER.warn(
                    "Plots are left out, for this Java finds no fonts; install fontconfig and a"
                            + " font, for instance the packages fontconfig and fonts-dejavu-core.");
            LOGGER.debug("What Java says about fonts", e);
            return false;
        }
    }

    private static Object measure() {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
        return font.getStringBounds("0", new FontRenderContext(null, true, true));
    }
}
