package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.Torch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageGridTest {

    @TempDir Path folder;

    @Test
    void should_round_halves_up_and_clip() {
        try (NDManager manager = Torch.newManager()) {
            byte[] bytes =
                    ImageGrid.toBytes(
                            manager.create(
                                    new float[] {-1, -2, 0, 1, 3, Float.NaN, -0.99f, 0.5f},
                                    new Shape(1, 1, 2, 4)));
            assertThat(bytes)
                    .containsExactly(0, 0, (byte) 128, (byte) 255, (byte) 255, 0, 1, (byte) 191);
        }
    }

    @Test
    void should_put_channels_last() {
        try (NDManager manager = Torch.newManager()) {
            byte[] bytes =
                    ImageGrid.toBytes(
                            manager.create(
                                    new float[] {-1, 1, 1, -1, 0, 0}, new Shape(1, 3, 1, 2)));
            assertThat(bytes).containsExactly(0, (byte) 255, (byte) 128, (byte) 255, 0, (byte) 128);
        }
    }

    @Test
    void should_lay_out_row_by_row_on_white() throws IOException {
        // Three samples of 1 x 2 pixels in two columns: greys -1, 0; 0, 1; 1, -1.
        float[] samples = {-1, 0, 0, 1, 1, -1};
        BufferedImage grid = ImageGrid.of(samples, new Shape(3, 1, 1, 2), 2, 1);
        assertThat(rows(grid))
                .isDeepEqualTo(
                        new int[][] {
                            {255, 255, 255, 255, 255, 255, 255},
                            {255, 0, 128, 255, 128, 255, 255},
                            {255, 255, 255, 255, 255, 255, 255},
                            {255, 255, 0, 255, 255, 255, 255},
                            {255, 255, 255, 255, 255, 255, 255}
                        });
        Path file = folder.resolve("grid.png");
        ImageGrid.writePng(grid, file);
        assertThat(rows(ImageIO.read(file.toFile()))).isDeepEqualTo(rows(grid));
        assertThat(folder.toFile().list()).containsExactly("grid.png");
    }

    private static int[][] rows(BufferedImage image) {
        int[][] rows = new int[image.getHeight()][];
        for (int y = 0; y < rows.length; y++) {
            rows[y] = image.getRaster().getPixels(0, y, image.getWidth(), 1, (int[]) null);
        }
        return rows;
    }

    @Test
    void should_keep_red_green_and_blue_apart() throws IOException {
        float[] samples = {1, -1, -1, 1, 0, 0};
        BufferedImage grid = ImageGrid.of(samples, new Shape(1, 3, 1, 2), 5, 0);
        Path file = folder.resolve("grid.png");
        ImageGrid.writePng(grid, file);
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(read.getRGB(0, 0)).isEqualTo(0xFFFF0080);
        assertThat(read.getRGB(1, 0)).isEqualTo(0xFF00FF80);
    }

    @Test
    void should_enlarge_by_whole_factors() {
        BufferedImage small = ImageGrid.of(new float[] {-1, 1}, new Shape(1, 1, 1, 2), 1, 0);
        assertThat(rows(ImageGrid.enlarge(small, 5)))
                .isDeepEqualTo(
                        new int[][] {
                            {0, 0, 0, 255, 255, 255},
                            {0, 0, 0, 255, 255, 255},
                            {0, 0, 0, 255, 255, 255}
                        });
        assertThat(ImageGrid.enlarge(small, 2)).isSameAs(small);
    }

    @Test
    void should_refuse_what_is_no_picture_and_leave_no_torn_file() {
        assertThatThrownBy(() -> ImageGrid.of(new float[4], new Shape(1, 2, 1, 2), 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(1, 2, 1, 2)");
        assertThatThrownBy(() -> ImageGrid.of(new float[0], new Shape(0, 1, 2, 2), 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        assertThatThrownBy(() -> ImageGrid.writePng(image, folder.resolve("none").resolve("x.png")))
                .isInstanceOf(IOException.class);
        assertThat(Files.exists(folder.resolve("none"))).isFalse();
    }
}
