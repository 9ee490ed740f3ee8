package io.github.gan4j.datasets;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Writes pictures of all kinds. */
final class TestImages {

    private TestImages() {}

    static BufferedImage colour(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, rgb);
        }
        return image;
    }

    static BufferedImage noise(int width, int height) {
        Random random = new Random(1);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt(0x1000000));
        }
        return image;
    }

    /** Grey in which each pixel is its column times a step plus its row. */
    static BufferedImage ramp(int width, int height, int step) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, x * step + y);
            }
        }
        return image;
    }

    static BufferedImage grey(int type, int width, int height, int sample) {
        BufferedImage image = new BufferedImage(width, height, type);
        int[] samples = new int[width * height];
        Arrays.fill(samples, sample);
        image.getRaster().setSamples(0, 0, width, height, 0, samples);
        return image;
    }

    static BufferedImage argb(int width, int height, int argb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, argb);
        }
        return image;
    }

    static BufferedImage greyAlpha(int width, int height, int grey, int alpha) {
        ComponentColorModel model =
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_GRAY),
                        true,
                        false,
                        BufferedImage.TRANSLUCENT,
                        DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(width, height);
        for (int i = 0; i < width * height; i++) {
            raster.setPixel(i % width, i / width, new int[] {grey, alpha});
        }
        return new BufferedImage(model, raster, false, null);
    }

    static BufferedImage rgb16(int width, int height, int red, int green, int blue) {
        ComponentColorModel model =
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        false,
                        false,
                        BufferedImage.OPAQUE,
                        DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(width, height);
        for (int i = 0; i < width * height; i++) {
            raster.setPixel(i % width, i / width, new int[] {red, green, blue});
        }
        return new BufferedImage(model, raster, false, null);
    }

    static BufferedImage palette(int width, int height, int index) {
        byte[] red = {10, 20, 30, 40};
        byte[] green = {11, 21, 31, 41};
        byte[] blue = {12, 22, 32, 42};
        IndexColorModel model = new IndexColorModel(2, 4, red, green, blue);
        BufferedImage image =
                new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, model);
        int[] samples = new int[width * height];
        Arrays.fill(samples, index);
        image.getRaster().setSamples(0, 0, width, height, 0, samples);
        return image;
    }

    static Path write(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.getParent());
        String name = file.getFileName().toString();
        String format = name.substring(name.lastIndexOf('.') + 1);
        if (!ImageIO.write(image, format, file.toFile())) {
            throw new IOException("Java writes no such " + format);
        }
        return file;
    }

    /** Stores inks as JPEG does for print: inverted. */
    static Path writeCmyk(Path file, int... cmyk) throws IOException {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int i = 0; i < 256; i++) {
            for (int band = 0; band < 4; band++) {
                raster.setSample(i % 16, i / 16, band, 255 - cmyk[band]);
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return file;
    }

    /** Cuts off the end of a file. */
    static Path truncate(Path file, double keep) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * keep)));
    }
}
