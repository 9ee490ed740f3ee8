package io.github.gan4j.datasets;

import java.awt.Dimension;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG, JPEG, BMP and GIF files (of an animation, the first picture).
 *
 * <p>Transparent pixels are laid over a background. 16-bit samples are rounded to 8 bits. CMYK is
 * converted by the textbook formula. Colour profiles and EXIF rotation are not applied.
 */
final class ImageDecoder {

    /** A damaged header may promise any size; no training picture is larger than this. */
    private static final long MAX_PIXELS = 100_000_000;

    private ImageDecoder() {}

    /** Reads height and width from the head of a file. */
    static Dimension size(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ImageInputStream stream = new MemoryCacheImageInputStream(in)) {
            ImageReader reader = reader(stream);
            try {
                return new Dimension(reader.getWidth(0), reader.getHeight(0));
            } catch (RuntimeException e) {
                throw new IOException("damaged header", e);
            } finally {
                reader.dispose();
            }
        }
    }

    /**
     * Reads a picture, in one channel if it has no colour.
     *
     * @throws IOException if the file is no picture or a part of one; the message says which
     */
    static Pixels decode(Path file, int background) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ImageInputStream stream = new MemoryCacheImageInputStream(in)) {
            ImageReader reader = reader(stream);
            try {
                return decode(reader, background).greyIfGrey();
            } catch (RuntimeException e) {
                // Readers meet damage with all kinds of exceptions, index out of bounds among them.
                throw new IOException("damaged", e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static ImageReader reader(ImageInputStream stream) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        if (!readers.hasNext()) {
            throw new IOException("not an image");
        }
        ImageReader reader = readers.next();
        reader.setInput(stream, true, true);
        return reader;
    }

    private static Pixels decode(ImageReader reader, int background) throws IOException {
        // The JPEG reader fills what is missing of a truncated file with grey, and merely warns.
        boolean[] truncated = new boolean[1];
        reader.addIIOReadWarningListener(
                (source, warning) ->
                        truncated[0] |=
                                warning.contains("Truncated") || warning.contains("premature"));
        BufferedImage image = null;
        try {
            if ((long) reader.getWidth(0) * reader.getHeight(0) <= MAX_PIXELS) {
                image = reader.read(0);
            }
        } catch (IOException e) {
            throw new IOException("truncated or damaged", e);
        }
        if (image == null) {
            throw new IOException("larger than 100 megapixels");
        }
        if (truncated[0]) {
            throw new IOException("truncated");
        }
        ColorModel colours = image.getColorModel();
        if (colours instanceof ComponentColorModel) {
            switch (colours.getColorSpace().getType()) {
                case ColorSpace.TYPE_GRAY:
                case ColorSpace.TYPE_RGB:
                case ColorSpace.TYPE_CMYK:
                    return fromSamples(image, background);
                default:
                    break;
            }
        }
        return fromColours(image, background);
    }

    /**
     * Takes the samples as they are. {@code getRGB} would do for all pictures, but it takes grey
     * samples for linear light and turns a stored 128 into 188.
     */
    private static Pixels fromSamples(BufferedImage image, int background) {
        ColorModel colours = image.getColorModel();
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        int bands = raster.getNumBands();
        int colourBands = colours.getNumColorComponents();
        int channels = colourBands == 1 ? 1 : 3;
        int max = (1 << colours.getComponentSize(0)) - 1;
        byte[] data = new byte[channels * width * height];
        int[] row = new int[bands * width];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = x * bands;
                int alpha = colours.hasAlpha() ? toByte(row[at + colourBands], max) : 255;
                for (int c = 0; c < channels; c++) {
                    int value = toByte(row[at + c], max);
                    if (colourBands == 4) {
                        value = fromInk(value, toByte(row[at + 3], max));
                    }
                    int over = over(value, alpha, Pixels.channel(background, c, channels));
                    data[(c * height + y) * width + x] = (byte) over;
                }
            }
        }
        return new Pixels(channels, width, height, data);
    }

    private static Pixels fromColours(BufferedImage image, int background) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] data = new byte[3 * width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int alpha = row[x] >>> 24;
                for (int c = 0; c < 3; c++) {
                    int value = Pixels.channel(row[x], c, 3);
                    int over = over(value, alpha, Pixels.channel(background, c, 3));
                    data[(c * height + y) * width + x] = (byte) over;
                }
            }
        }
        return new Pixels(3, width, height, data);
    }

    private static int toByte(int sample, int max) {
        return max == 255 ? sample : (sample * 255 + max / 2) / max;
    }

    private static int over(int value, int alpha, int background) {
        return (value * alpha + background * (255 - alpha) + 127) / 255;
    }

    /** Light left by an ink and the black on top of it. */
    private static int fromInk(int ink, int black) {
        return ((255 - ink) * (255 - black) + 127) / 255;
    }
}
