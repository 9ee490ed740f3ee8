package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GifWriterTest {

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void setUp() {
        file = folder.resolve("progress.gif");
    }

    @Test
    void should_write_frames_that_repeat_for_ever() throws IOException {
        Files.write(folder.resolve("progress.gif.tmp"), new byte[100_000]);
        try (GifWriter gif = new GifWriter(file)) {
            for (int i = 0; i < 3; i++) {
                gif.add(greys(i), i == 2 ? 2000 : 150);
            }
            assertThat(file).doesNotExist();
        }
        assertThat(folder.toFile().list()).containsExactly("progress.gif");
        assertThat(Files.size(file)).isLessThan(100_000);
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
            reader.setInput(stream);
            assertThat(reader.getNumImages(true)).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                BufferedImage frame = reader.read(i);
                for (int p = 0; p < 256; p++) {
                    int grey = greys(i).getRaster().getSample(p % 16, p / 16, 0);
                    assertThat(frame.getRGB(p % 16, p / 16) & 0xFFFFFF).isEqualTo(grey * 0x10101);
                }
                assertThat(delay(reader, i)).isEqualTo(i == 2 ? "200" : "15");
            }
            reader.dispose();
        }
        String bytes =
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(bytes).containsOnlyOnce("NETSCAPE2.0\u0003\u0001\u0000\u0000\u0000");
    }

    private static String delay(ImageReader reader, int frame) throws IOException {
        IIOMetadataNode root =
                (IIOMetadataNode)
                        reader.getImageMetadata(frame).getAsTree("javax_imageio_gif_image_1.0");
        return ((IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0))
                .getAttribute("delayTime");
    }

    private static BufferedImage greys(int shift) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int p = 0; p < 256; p++) {
            image.getRaster().setSample(p % 16, p / 16, 0, (p + shift) % 256);
        }
        return image;
    }

    @Test
    void should_keep_few_colours_and_come_near_many() throws IOException {
        BufferedImage few = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage many = new BufferedImage(128, 128, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(1);
        for (int p = 0; p < 256; p++) {
            few.setRGB(p % 16, p / 16, random.nextInt(1 << 24));
        }
        for (int y = 0; y < 128; y++) {
            for (int x = 0; x < 128; x++) {
                many.setRGB(x, y, x * 2 << 16 | y * 2 << 8 | (x + y) / 2);
            }
        }
        assertThat(written(few)).satisfies(read -> assertThat(difference(few, read)).isZero());
        // Half a level of 16 by 16, on average over three channels, dithering included.
        assertThat(difference(many, written(many))).isLessThan(8);
    }

    private BufferedImage written(BufferedImage image) throws IOException {
        try (GifWriter gif = new GifWriter(file)) {
            gif.add(image, 100);
        }
        return ImageIO.read(file.toFile());
    }

    private static double difference(BufferedImage a, BufferedImage b) {
        double sum = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum +=
                            Math.abs(
                                    (a.getRGB(x, y) >> shift & 0xFF)
                                            - (b.getRGB(x, y) >> shift & 0xFF));
                }
            }
        }
        return sum / (3.0 * a.getWidth() * a.getHeight());
    }

    @Test
    void should_leave_nothing_without_a_frame_and_keep_what_was_there() throws IOException {
        new GifWriter(file).close();
        assertThat(folder.toFile().list()).isEmpty();
        Files.writeString(file, "old");
        new GifWriter(file).close();
        assertThat(file).hasContent("old");
        assertThatThrownBy(() -> new GifWriter(folder.resolve("none").resolve("x.gif")))
                .isInstanceOf(IOException.class);
    }
}
