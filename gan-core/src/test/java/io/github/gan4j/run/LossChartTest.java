package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossChartTest {

    @TempDir Path folder;
    private Path metrics;
    private Path picture;

    @BeforeEach
    void setUp() {
        metrics = folder.resolve("metrics.jsonl");
        picture = folder.resolve("losses.png");
    }

    @Test
    void should_draw_two_panels() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 2500; i++) {
            lines.append(
                    String.format(
                            Locale.ROOT,
                            "{\"step\":%d,\"epoch\":%d,\"discriminator/loss\":%.4f,%s"
                                    + "\"discriminator/D(real)\":%.4f,\"discriminator/D(fake)\":%.4f,"
                                    + "\"discriminator/gradient norm\":900,"
                                    + "\"generator/loss\":%s,\"steps per second\":1}%n",
                            i * 50,
                            i / 10,
                            1.3 + 0.1 * Math.sin(i),
                            i % 16 == 0 ? "\"discriminator/r1\":0.2," : "",
                            0.5 + 0.3 * Math.exp(-i / 400.0),
                            0.5 - 0.3 * Math.exp(-i / 400.0),
                            i == 7 ? "null" : Math.log(i + 2)));
        }
        Files.writeString(metrics, lines);
        assertThat(LossChart.draw(metrics, picture)).isTrue();
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isEqualTo(1000);
        assertThat(image.getHeight()).isEqualTo(760);
        assertThat(folder.toFile().list()).hasSize(2);
    }

    @Test
    void should_draw_a_single_point() throws IOException {
        Files.writeString(metrics, "{\"step\":50,\"generator/loss\":0.5}\n");
        assertThat(LossChart.draw(metrics, picture)).isTrue();
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(image.getHeight()).isEqualTo(380);
        int coloured = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < 700; x++) {
                coloured += (image.getRGB(x, y) & 0xFFFFFF) == 0x0072B2 ? 1 : 0;
            }
        }
        assertThat(coloured).isPositive();
    }

    @Test
    void should_draw_nothing_of_nothing() throws IOException {
        Files.writeString(metrics, "{\"step\":50,\"generator/loss\":null,\"heap bytes\":1}\n{\"st");
        assertThat(LossChart.draw(metrics, picture)).isFalse();
        assertThat(picture).doesNotExist();
    }

    @Test
    void should_thin_by_means_of_neighbours() throws IOException {
        LossChart.Series series = new LossChart.Series();
        ObjectMapper json = new ObjectMapper();
        for (int i = 0; i < 25; i++) {
            series.add(i, json.readTree(i + ".5"));
        }
        LossChart.Series thinned = series.thinned(10);
        assertThat(thinned.size()).isEqualTo(9);
        assertThat(thinned.steps()).startsWith(1.0, 4.0).endsWith(24.0);
        assertThat(thinned.values()).startsWith(1.5, 4.5).endsWith(24.5);
        assertThat(series.thinned(25).values()).isEqualTo(series.values());
    }
}
