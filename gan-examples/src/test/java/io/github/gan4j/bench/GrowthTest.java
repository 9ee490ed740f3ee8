package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gan4j.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest {

    @TempDir private Path folder;

    private static Growth.Point point(double units, double milliseconds) {
        return new Growth.Point(
                units + "", units, new Statistics(milliseconds, milliseconds, milliseconds));
    }

    @Test
    void should_find_the_line_that_points_lie_on() {
        Growth growth =
                Growth.line("batch", "sample", List.of(point(8, 7), point(16, 11), point(64, 35)));
        assertThat(growth.fixed()).isCloseTo(3, within(1e-9));
        assertThat(growth.slope()).isCloseTo(0.5, within(1e-9));
        assertThat(growth.largestError()).isCloseTo(0, within(1e-9));
        assertThat(growth.at(100)).isCloseTo(53, within(1e-9));
    }

    @Test
    void should_weigh_points_by_their_share_and_tell_the_largest_error() {
        Growth growth =
                Growth.line(
                        "batch", "sample", List.of(point(1, 1), point(2, 2), point(1000, 1500)));
        assertThat(growth.at(1)).isCloseTo(1, within(0.35));
        assertThat(growth.largestError()).isBetween(0.05, 0.35);
        assertThat(
                        growth.points().stream()
                                .mapToDouble(
                                        p ->
                                                Math.abs(
                                                        growth.at(p.units())
                                                                        / p.milliseconds().median()
                                                                - 1))
                                .max()
                                .orElseThrow())
                .isCloseTo(growth.largestError(), within(1e-9));
    }

    @Test
    void should_find_the_power_that_points_lie_on() {
        Growth growth =
                Growth.power("side", "pixel", List.of(point(1, 3), point(4, 24), point(16, 192)));
        assertThat(growth.exponent()).isCloseTo(1.5, within(1e-9));
        assertThat(growth.slope()).isCloseTo(3, within(1e-9));
        assertThat(growth.fixed()).isZero();
        assertThat(growth.at(9)).isCloseTo(81, within(1e-9));
        assertThat(growth.largestError()).isCloseTo(0, within(1e-9));
    }

    private Figures grow(String arguments) {
        List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
        all.addAll(List.of("--growth", folder.resolve("growth.png").toString()));
        return Figures.of(BenchOptionsTest.parse(all.toArray(String[]::new)), line -> {});
    }

    @Test
    void should_measure_batch_size_and_width_and_draw_them() throws IOException {
        Figures figures =
                grow(
                        "gan --size 8 --batch-size 8 --rounds 2 --threads 1 --warm-up 1"
                                + " --set generatorUnits=[16] --set discriminatorUnits=[8,4]"
                                + " --json "
                                + folder.resolve("growth.json"));

        GrowthReport report = (GrowthReport) figures;
        assertThat(report.growths())
                .extracting(Growth::quantity)
                .containsExactly("batch", "side of the pictures", "width of the networks");
        assertThat(report.growths().get(0).points())
                .extracting(Growth.Point::label)
                .containsExactly("2", "4", "8", "16");
        assertThat(report.growths().get(1).points())
                .extracting(Growth.Point::units)
                .containsExactly(4.0, 16.0, 49.0, 64.0, 256.0, 1024.0);
        assertThat(report.toText())
                .contains("gan, images of 1 x 8 x 8, batch 8, 1 thread")
                .contains("for each square of the width; no point is further from it than");
        assertThat(Files.readString(folder.resolve("growth.json"))).contains("\"largestError\"");
        BufferedImage picture = ImageIO.read(folder.resolve("growth.png").toFile());
        assertThat(picture.getWidth()).isEqualTo(3 * picture.getHeight() * 480 / 400);
    }

    @Test
    void should_leave_out_sizes_that_the_variant_does_not_take() {
        GrowthReport report =
                (GrowthReport)
                        grow(
                                "dcgan --size 32 --batch-size 2 --rounds 1 --threads 1 --warm-up 0"
                                        + " --set generatorFilters=4 --set discriminatorFilters=4");
        assertThat(report.growths().get(1).points())
                .extracting(Growth.Point::label)
                .containsExactly("28 x 28", "32 x 32", "64 x 64", "128 x 128");
        assertThat(report.growths())
                .allSatisfy(growth -> assertThat(growth.exponent()).isFinite())
                .allSatisfy(growth -> assertThat(growth.slope()).isFinite());
    }

    @Test
    void should_say_what_cannot_be_changed() {
        assertThatThrownBy(() -> grow("dcgan --size 17 --batch-size 4"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("\n");
    }
}
