package io.github.gan4j.datasets;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Pictures of two domains that come with the jar: 32 x 32, in colour, drawn for emoji.
 *
 * <ul>
 *   <li>{@value #EMOJI}, unpaired: A is Google's Noto Emoji, B Microsoft's Fluent Emoji (flat). No
 *       emoji is in both training halves; the held-out emoji are paired.
 *   <li>{@value #SKETCH}, paired: A is the line drawing (Fluent Emoji, high contrast), B the
 *       coloured picture (flat).
 *   <li>{@value #TONES}, unpaired: the same emoji of Noto with light skin (A) and with dark skin
 *       (B). No emoji is in both training halves; the held-out emoji are paired.
 * </ul>
 *
 * <p>Noto Emoji is under the Apache License 2.0, Fluent Emoji under the MIT licence: see {@code
 * translation/NOTICE.md} in the jar. {@code io.github.gan4j.datasets.tools.EmojiTool} makes them
 * anew, and larger.
 */
public final class EmbeddedTranslation {

    /** The name of the unpaired emoji by two designers. */
    public static final String EMOJI = "emoji";

    /** The name of the pairs of line drawing and picture. */
    public static final String SKETCH = "sketch";

    /** The name of the unpaired skin tones. */
    public static final String TONES = "tones";

    /** The height and width of the embedded pictures. */
    public static final int SIZE = 32;

    private EmbeddedTranslation() {}

    static List<String> names() {
        return List.of(EMOJI, SKETCH, TONES);
    }

    /**
     * Opens one of the sets.
     *
     * @param name its name
     * @param options size (32, or less), channels, fit, background, augmentation and the test flag
     *     are heeded
     * @return the pictures
     * @throws IOException if the resource is damaged
     * @throws InvalidInputException if the size is more than 32
     */
    public static TranslationImages open(String name, DatasetOptions options) throws IOException {
        int size = options.getSize().orElse(SIZE);
        if (size > SIZE) {
            throw new InvalidInputException(
                    ("Image size %d is too large for %s, whose pictures have %d pixels a side: use"
                                    + " %d or less, or draw larger ones with gan-datasets/tools/make-emoji.sh.")
                            .formatted(size, name, SIZE, SIZE));
        }
        return TranslationDatasets.of(name, resource(name), name.equals(SKETCH), options);
    }

    private static PictureArchive resource(String name) throws IOException {
        String file = "translation/" + name + ".zip";
        try (InputStream in = EmbeddedTranslation.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new FileNotFoundException("The jar lacks the resource " + file);
            }
            return PictureArchive.read(new BufferedInputStream(in));
        }
    }
}
