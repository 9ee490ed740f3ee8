package io.github.gan4j.datasets;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
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
        int channels = options.getChannels().orElse(3);
        TranslationForm form = new TranslationForm(size, channels, false, options);
        PictureArchive archive = resource(name);
        PairedImages test =
                new PairedImages(
                        name, pairs(archive, "test", form.forTest()), form.forTest(), null);
        if (options.isTest()) {
            return test;
        }
        if (name.equals(SKETCH)) {
            return new PairedImages(name, pairs(archive, "train", form), form, test);
        }
        Pictures a = domain(archive.getPart("trainA"), form);
        Pictures b = domain(archive.getPart("trainB"), form);
        return new UnpairedImages(name, a, b, form, test);
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

    private static Pictures domain(PictureArchive.Part part, TranslationForm form)
            throws IOException {
        List<Pixels> prepared = new ArrayList<>();
        for (Pixels pixels : pixels(part)) {
            prepared.add(form.prepare(pixels));
        }
        return Pictures.of(part.names(), prepared);
    }

    private static Pictures pairs(PictureArchive archive, String part, TranslationForm form)
            throws IOException {
        PictureArchive.Part a = archive.getPart(part + "A");
        List<Pixels> first = pixels(a);
        List<Pixels> second = pixels(archive.getPart(part + "B"));
        List<Pixels> prepared = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            prepared.add(form.preparePair(first.get(i), second.get(i)));
        }
        return Pictures.of(a.names(), prepared);
    }

    private static List<Pixels> pixels(PictureArchive.Part part) {
        int[] shape = part.pictures().getShape();
        int volume = shape[1] * shape[2] * shape[3];
        List<Pixels> pixels = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            byte[] data =
                    Arrays.copyOfRange(part.pictures().getData(), i * volume, (i + 1) * volume);
            pixels.add(new Pixels(shape[1], shape[3], shape[2], data));
        }
        return pixels;
    }
}
