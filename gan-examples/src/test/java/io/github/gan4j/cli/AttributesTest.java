package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTest {

    private static final int CELL = 30;
    private static final int GAP = 2;
    private static final List<String> OF_PIXELS =
            List.of("brightness", "contrast", "thickness", "slant", "width");

    @TempDir static Path shared;
    @TempDir Path temp;

    @BeforeAll
    static void train() throws IOException {
        InProcess.run(SmallRun.gan(shared.resolve("gan"), 1)).done();
        InProcess.run(SmallRun.gan(shared.resolve("points"), 1, "--dataset", "ring")).done();
        InProcess.run(SmallRun.convolutional("infogan", shared.resolve("codes"), 1)).done();
        InProcess.run(SmallRun.convolutional("cdcgan", shared.resolve("classes"), 1)).done();
        Path images = SmallRun.writeImages(shared.resolve("images"), 8, 32);
        InProcess.run(SmallRun.dcgan(shared.resolve("folder"), 1, "--dataset", images.toString()))
                .done();
    }

    private static Outcome attributes(String run, String... more) {
        String folder = shared.resolve(run).toString();
        return InProcess.run(List.of("attributes", folder), more);
    }

    /** The numbers of each row; those of the first column as they stand there. */
    private static Map<String, List<String>> table(Outcome outcome) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        outcome.out()
                .lines()
                .map(line -> List.of(line.strip().split(" +")))
                .forEach(cells -> rows.put(cells.get(0), cells.subList(1, cells.size())));
        return rows;
    }

    /** The number of cells across and down. */
    private static int[] cells(Path picture, int scale) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat((image.getWidth() / scale - GAP) % CELL).isZero();
        return new int[] {
            (image.getWidth() / scale - GAP) / CELL, (image.getHeight() / scale - GAP) / CELL
        };
    }

    @Test
    void should_find_the_attributes_of_pixels() throws IOException {
        Path out = temp.resolve("a.png");
        Outcome outcome = attributes("gan", "--out=" + out).done();
        Map<String, List<String>> rows = table(outcome);
        assertThat(rows.keySet()).containsExactly(all("walk", OF_PIXELS));
        assertThat(rows.get("walk")).containsExactly(all("explained", OF_PIXELS));
        // A generator of hardly trained perceptrons is nearly linear, and so is the mean of pixels.
        List<String> brightness = rows.get("brightness");
        assertThat(Double.parseDouble(brightness.get(0))).isGreaterThan(0.4);
        assertThat(Double.parseDouble(brightness.get(1))).isBetween(2.0, 4.0);
        assertThat(outcome.err()).contains("Written to " + out);
        assertThat(cells(out, 2)).containsExactly(10, OF_PIXELS.size());
    }

    private static String[] all(String first, List<String> rest) {
        String[] names = new String[rest.size() + 1];
        names[0] = first;
        for (int i = 0; i < rest.size(); i++) {
            names[i + 1] = rest.get(i);
        }
        return names;
    }

    @Test
    void should_walk_from_several_samples_if_there_is_one_attribute() throws IOException {
        Path out = temp.resolve("a.png");
        Path same = temp.resolve("b.png");
        attributes("gan", "--attribute=slant", "--steps=5", "--out=" + out).done();
        assertThat(cells(out, 4)).containsExactly(5, 8);
        attributes("gan", "--attribute=slant", "--steps=5", "--out=" + same).done();
        RunFiles.assertSameBytes(out, same);
    }

    @Test
    void should_find_classes_by_the_classifier_of_the_data_set() {
        Map<String, List<String>> rows = table(attributes("gan", "--attribute=3,width").done());
        assertThat(rows.keySet()).containsExactly("walk", "3", "width");
        assertThat(rows.get("3")).hasSize(3);
    }

    @Test
    void should_walk_along_codes() throws IOException {
        Path out = temp.resolve("a.png");
        Map<String, List<String>> rows =
                table(attributes("codes", "--samples=1000", "--out=" + out).done());
        assertThat(rows.keySet()).startsWith("walk", "category", "c1", "c2", "brightness");
        assertThat(rows.get("c1")).startsWith("code").hasSize(1 + OF_PIXELS.size());
        assertThat(cells(out, 2)).containsExactly(10, 3 + OF_PIXELS.size());
        // A code alone is told by what it changes.
        rows = table(attributes("codes", "--samples=1000", "--attribute=c2").done());
        assertThat(rows.keySet()).containsExactly("walk", "c2");
        assertThat(rows.get("walk")).containsExactly(all("explained", OF_PIXELS));
    }

    @Test
    void should_walk_within_classes() throws IOException {
        Path out = temp.resolve("a.png");
        attributes("classes", "--samples=1000", "--attribute=slant", "--out=" + out).done();
        assertThat(cells(out, 2)).containsExactly(10, 10);
        attributes(
                        "classes",
                        "--samples=1000",
                        "--attribute=slant",
                        "--label=7",
                        "--overwrite",
                        "--out=" + out)
                .done();
        assertThat(cells(out, 2)).containsExactly(10, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gan --attribute=slan | There is no attribute 'slan'; did you mean 'slant'? The run"
                        + " has: brightness, ",
                "gan --attribute=c1 | There is no attribute 'c1'",
                "classes --attribute=3 | draws the class asked for: give --label 3 in place",
                "folder --attribute=3 | There is no attribute '3'",
                "points | which are no pictures",
                "none | There is no run",
                "gan --steps=1 | --steps is 1; it must be 2 or more",
                "gan --samples=3 | --samples is 3; it must be 200 or more",
                "gan --out=x.gif | give a file that ends in .png",
            })
    void should_refuse_in_one_line(String line) {
        String[] args = line.split(" \\| ")[0].split(" ");
        String[] more = Arrays.copyOfRange(args, 1, args.length);
        assertThat(attributes(args[0], more).badInput()).contains(line.split(" \\| ")[1]);
    }
}
