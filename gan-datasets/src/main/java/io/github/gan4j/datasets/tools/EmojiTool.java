package io.github.gan4j.datasets.tools;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.datasets.IdxFile;
import io.github.gan4j.datasets.PictureArchive;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Draws the data sets of {@link io.github.gan4j.datasets.EmbeddedTranslation} from their icons, at
 * any size.
 *
 * <p>Writes either one archive, which is what the jar holds, or a folder that {@link
 * io.github.gan4j.datasets.UnpairedImages} or {@link io.github.gan4j.datasets.PairedImages} opens.
 * The same icons give the same pictures.
 */
public final class EmojiTool {

    private static final int MIN_SIZE = 8;
    private static final int MAX_SIZE = 1024;

    private final EmojiRecipe recipe;
    private final int size;
    private final IconRenderer renderer;

    EmojiTool(EmojiRecipe recipe, int size) {
        this.recipe = recipe;
        this.size = size;
        renderer = new IconRenderer(size);
    }

    /**
     * Runs the tool.
     *
     * @param args the name of the set; the folder that tools/fetch-emoji.sh has filled; the height
     *     and width of the pictures; and what to write: a file {@code .zip} or a folder
     * @throws IOException if reading or writing fails
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 4) {
            System.err.println("usage: EmojiTool emoji|sketch|tones PACKAGES SIZE OUTPUT");
            System.exit(2);
        }
        try {
            make(args[0], Path.of(args[1]), size(args[2]), Path.of(args[3]));
        } catch (InvalidInputException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static int size(String text) {
        int size = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (size < MIN_SIZE || size > MAX_SIZE) {
            throw new InvalidInputException(
                    "Size '%s' is not possible: use %d to %d pixels."
                            .formatted(text, MIN_SIZE, MAX_SIZE));
        }
        return size;
    }

    /**
     * Draws a data set.
     *
     * @param name the name of the set
     * @param packages the folder that tools/fetch-emoji.sh has filled
     * @param size the height and width of the pictures
     * @param output a file that ends in {@code .zip}, or a folder, made if missing
     * @throws IOException if reading or writing fails
     * @throws InvalidInputException if there is no such set, or its icons are missing
     */
    public static void make(String name, Path packages, int size, Path output) throws IOException {
        new EmojiTool(EmojiRecipe.of(name, packages), size).write(output);
    }

    void write(Path output) throws IOException {
        if (output.toString().endsWith(".zip")) {
            writeArchive(output);
        } else {
            writeFolder(output);
        }
    }

    private void writeArchive(Path file) throws IOException {
        EmojiSplit split = EmojiSplit.of(recipe);
        Map<String, PictureArchive.Part> parts = new LinkedHashMap<>();
        parts.put("trainA", part(split.trainA(), true));
        parts.put("trainB", part(split.trainB(), false));
        parts.put("testA", part(split.test(), true));
        parts.put("testB", part(split.test(), false));
        try (OutputStream out = Files.newOutputStream(file)) {
            new PictureArchive(parts).write(out);
        }
    }

    private PictureArchive.Part part(List<EmojiRecipe.Icon> icons, boolean a) throws IOException {
        List<String> names = icons.stream().map(EmojiRecipe.Icon::name).toList();
        int volume = 3 * size * size;
        byte[] pixels = new byte[icons.size() * volume];
        boolean grey = true;
        for (int i = 0; i < icons.size(); i++) {
            byte[] picture = renderer.render(a ? icons.get(i).a() : icons.get(i).b());
            System.arraycopy(picture, 0, pixels, i * volume, volume);
            grey &= isGrey(picture);
        }
        if (!grey) {
            return new PictureArchive.Part(names, new IdxFile(pixels, icons.size(), 3, size, size));
        }
        int plane = size * size;
        byte[] shades = new byte[icons.size() * plane];
        for (int i = 0; i < icons.size(); i++) {
            System.arraycopy(pixels, i * volume, shades, i * plane, plane);
        }
        return new PictureArchive.Part(names, new IdxFile(shades, icons.size(), 1, size, size));
    }

    private boolean isGrey(byte[] picture) {
        int plane = size * size;
        return Arrays.equals(picture, 0, plane, picture, plane, 2 * plane)
                && Arrays.equals(picture, 0, plane, picture, 2 * plane, 3 * plane);
    }

    private void writeFolder(Path folder) throws IOException {
        EmojiSplit split = EmojiSplit.of(recipe);
        if (recipe.paired()) {
            writePairs(folder.resolve("train"), split.trainA());
            writePairs(folder.resolve("test"), split.test());
            return;
        }
        writeDomain(folder.resolve("trainA"), split.trainA(), true);
        writeDomain(folder.resolve("trainB"), split.trainB(), false);
        writeDomain(folder.resolve("testA"), split.test(), true);
        writeDomain(folder.resolve("testB"), split.test(), false);
    }

    private void writePairs(Path folder, List<EmojiRecipe.Icon> icons) throws IOException {
        for (EmojiRecipe.Icon icon : icons) {
            BufferedImage both = new BufferedImage(2 * size, size, BufferedImage.TYPE_INT_RGB);
            draw(renderer.render(icon.a()), both, 0);
            draw(renderer.render(icon.b()), both, size);
            write(folder, icon, both);
        }
    }

    private void writeDomain(Path folder, List<EmojiRecipe.Icon> icons, boolean a)
            throws IOException {
        for (EmojiRecipe.Icon icon : icons) {
            BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
            draw(renderer.render(a ? icon.a() : icon.b()), image, 0);
            write(folder, icon, image);
        }
    }

    private void draw(byte[] pixels, BufferedImage image, int left) {
        int plane = size * size;
        for (int i = 0; i < plane; i++) {
            int rgb =
                    (pixels[i] & 0xFF) << 16
                            | (pixels[plane + i] & 0xFF) << 8
                            | pixels[2 * plane + i] & 0xFF;
            image.setRGB(left + i % size, i / size, rgb);
        }
    }

    private static void write(Path folder, EmojiRecipe.Icon icon, BufferedImage image)
            throws IOException {
        Files.createDirectories(folder);
        ImageIO.write(image, "png", folder.resolve(icon.name() + ".png").toFile());
    }
}
