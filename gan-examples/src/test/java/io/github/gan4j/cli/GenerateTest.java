package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.github.gan4j.run.TrainedGenerator;
import io.github.gan4j.torch.Torch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateTest {

    private static final int GREY_SIDE = 28;
    private static final int SIDE = 32;
    private static final int GAP = 2;

    @TempDir static Path shared;
    @TempDir Path temp;

    @BeforeAll
    static void train() throws IOException {
        InProcess.run(SmallRun.dcgan(shared.resolve("grey"), 2)).done();
        Path images = SmallRun.writeImages(shared.resolve("images"), 8, SIDE);
        InProcess.run(SmallRun.gan(shared.resolve("points"), 2, "--dataset", "grid")).done();
        InProcess.run(SmallRun.dcgan(shared.resolve("colour"), 2, "--dataset", images.toString()))
                .done();
    }

    private Path generate(String run, String out, int count, String... more) {
        Path file = temp.resolve(out);
        String[] args = {
            "generate", shared.resolve(run).toString(), "--count", count + "", "--out", file + ""
        };
        Outcome outcome = InProcess.run(Arrays.asList(args), more).done();
        assertThat(outcome.err()).isEqualTo("%,d samples in %s%n".formatted(count, file));
        return file;
    }

    @Test
    void should_write_the_same_digits_in_every_language() {
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try {
            assertThat("%d".formatted(1)).isNotEqualTo("1");
            Path file = temp.resolve("x.npy");
            String run = shared.resolve("grey").toString();
            assertThat(InProcess.run("generate", run, "--count=3", "--out=" + file).done().err())
                    .isEqualTo("3 samples in " + file + System.lineSeparator());
        } finally {
            Locale.setDefault(usual);
        }
    }

    /** Reads what numpy would. */
    private static byte[] readArray(Path file, String shape) throws IOException {
        return readArray(file, "|u1", shape);
    }

    private static byte[] readArray(Path file, String type, String shape) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertThat(Arrays.copyOf(bytes, 8)).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        assertThat((10 + length) % 64).isZero();
        String header = new String(bytes, 10, length, StandardCharsets.US_ASCII);
        assertThat(header)
                .contains("'descr': '" + type + "'", "'fortran_order': False", "'shape': " + shape)
                .endsWith("\n");
        return Arrays.copyOfRange(bytes, 10 + length, bytes.length);
    }

    @Test
    void should_write_an_array_of_grey_samples() throws IOException {
        byte[] pixels = readArray(generate("grey", "x.npy", 5), "(5, 28, 28)");
        assertThat(pixels).hasSize(5 * GREY_SIDE * GREY_SIDE);
    }

    @Test
    void should_write_an_array_of_coloured_samples() throws IOException {
        byte[] pixels = readArray(generate("colour", "x.npy", 5), "(5, 32, 32, 3)");
        assertThat(pixels).hasSize(5 * SIDE * SIDE * 3);
    }

    @Test
    void should_write_an_array_of_points() throws IOException {
        byte[] floats = readArray(generate("points", "x.npy", 103), "<f4", "(103, 2)");
        assertThat(floats).hasSize(103 * 2 * 4);
        try (TrainedGenerator generator = TrainedGenerator.open(shared.resolve("points"));
                NDManager manager = Torch.newManager()) {
            float[] expected = generator.generate(manager, 103, 0).toFloatArray();
            FloatBuffer found =
                    ByteBuffer.wrap(floats).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            assertThat(found).isEqualTo(FloatBuffer.wrap(expected));
        }
    }

    @Test
    void should_draw_the_density_of_points() throws IOException {
        Path few = generate("points", "few.png", 3);
        Path many = generate("points", "many.png", 10_001);
        BufferedImage image = ImageIO.read(many.toFile());
        assertThat(image.getWidth()).isEqualTo(600);
        assertThat(image.getHeight()).isEqualTo(600);
        assertThat(Files.mismatch(few, many)).isNotEqualTo(-1);
        // A frame about the grid, although the generator's tanh reaches no further than 1.
        int corner = image.getRGB(53, 53);
        assertThat(corner & 0xFF).isGreaterThan((corner >> 16 & 0xFF) + 20);
    }

    @Test
    void should_give_the_same_samples_again() throws IOException {
        Path first = generate("grey", "1.npy", 7);
        RunFiles.assertSameBytes(generate("grey", "2.npy", 7, "--seed", "0"), first);
        Path other = generate("grey", "3.npy", 7, "--seed", "1");
        assertThat(Files.mismatch(first, other)).isNotEqualTo(-1);
    }

    @Test
    void should_give_the_same_first_samples_whatever_the_count() throws IOException {
        byte[] many = readArray(generate("grey", "many.npy", 203), "(203, 28, 28)");
        for (int count : new int[] {1, 2, 100, 101}) {
            byte[] few =
                    readArray(generate("grey", count + ".npy", count), "(" + count + ", 28, 28)");
            assertThat(few).containsExactly(Arrays.copyOf(many, few.length));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "grey, 12, 5, 5, 3",
        "grey, 1, 5, 1, 1",
        "colour, 7, 7, 7, 1",
        "colour, 3, 1, 1, 3"
    })
    void should_draw_a_grid(String run, int count, int columns, int across, int down)
            throws IOException {
        Path file = generate(run, "x.png", count, "--columns", columns + "");
        BufferedImage image = ImageIO.read(file.toFile());
        int side = run.equals("grey") ? GREY_SIDE : SIDE;
        assertThat(image.getWidth()).isEqualTo(across * (side + GAP) + GAP);
        assertThat(image.getHeight()).isEqualTo(down * (side + GAP) + GAP);
        assertThat(image.getRaster().getNumBands()).isEqualTo(run.equals("grey") ? 1 : 3);
    }

    @Test
    void should_draw_a_square_unless_told() throws IOException {
        BufferedImage image = ImageIO.read(generate("grey", "x.png", 10).toFile());
        assertThat(image.getWidth()).isEqualTo(4 * (GREY_SIDE + GAP) + GAP);
        assertThat(image.getHeight()).isEqualTo(3 * (GREY_SIDE + GAP) + GAP);
    }

    @Test
    void should_write_a_picture_of_each_sample() throws IOException {
        Path folder = generate("colour", "folder", 103);
        assertThat(RunFiles.names(folder)).hasSize(103).startsWith("000000.png", "000001.png");
        byte[] array = readArray(generate("colour", "x.npy", 103), "(103, 32, 32, 3)");
        for (int i : new int[] {0, 99, 100, 102}) {
            Path file = folder.resolve("%06d.png".formatted(i));
            int[] pixels = pixels(ImageIO.read(file.toFile()));
            for (int p = 0; p < pixels.length; p++) {
                assertThat(pixels[p]).isEqualTo(array[i * pixels.length + p] & 0xFF);
            }
        }
    }

    private static int[] pixels(BufferedImage image) {
        assertThat(image.getWidth()).isEqualTo(SIDE);
        assertThat(image.getHeight()).isEqualTo(SIDE);
        return image.getRaster().getPixels(0, 0, SIDE, SIDE, (int[]) null);
    }

    @Test
    void should_make_folders_that_are_not_there() {
        assertThat(generate("grey", "a/b/c.png", 1)).isRegularFile();
    }

    @Test
    void should_write_over_what_is_there_if_told() throws IOException {
        Path file = generate("grey", "x.npy", 3);
        generate("grey", "x.npy", 4, "--overwrite");
        readArray(file, "(4, 28, 28)");
        Path folder = generate("grey", "folder", 2);
        generate("grey", "folder", 3, "--overwrite");
        assertThat(RunFiles.names(folder)).hasSize(3);
        Files.writeString(folder.resolve("notes.txt"), "not of a draw");
        generate("grey", "folder", 2, "--overwrite");
        assertThat(RunFiles.names(folder))
                .containsExactlyInAnyOrder("000000.png", "000001.png", "notes.txt");
        for (String own : List.of("20240101.png", "7.png", "000001.jpg", "other/000001.png")) {
            Files.createDirectories(folder.resolve(own).getParent());
            Files.createFile(folder.resolve(own));
        }
        generate("grey", "folder", 1, "--overwrite");
        assertThat(RunFiles.names(folder))
                .containsExactly(
                        "000000.png", "000001.jpg", "20240101.png", "7.png", "notes.txt", "other");
        assertThat(RunFiles.names(folder.resolve("other"))).containsExactly("000001.png");
    }

    @Test
    void should_draw_walks_from_latent_to_latent() throws IOException {
        Path file = interpolate("x.png", "--steps", "5");
        BufferedImage image = ImageIO.read(file.toFile());
        double columns = 5 * (GREY_SIDE + GAP) + GAP;
        double rows = 8 * (GREY_SIDE + GAP) + GAP;
        assertThat(image.getWidth() % columns).isZero();
        assertThat(image.getHeight() / (double) image.getWidth()).isEqualTo(rows / columns);
        RunFiles.assertSameBytes(interpolate("y.png", "--steps", "5", "--seed", "0"), file);
        assertThat(Files.mismatch(interpolate("z.png", "--steps", "5", "--seed", "1"), file))
                .isNotEqualTo(-1);
    }

    @Test
    void should_animate_walks_from_latent_to_latent() throws IOException {
        assertThat(RunFolderTest.countFrames(interpolate("x.gif", "--steps", "3"))).isEqualTo(12);
        assertThat(RunFolderTest.countFrames(interpolate("y.GIF", "--steps", "2"))).isEqualTo(8);
    }

    private Path interpolate(String out, String... more) {
        Path file = temp.resolve(out);
        String[] args = {"interpolate", shared.resolve("grey").toString(), "--out", file + ""};
        Outcome outcome = InProcess.run(Arrays.asList(args), more).done();
        assertThat(outcome.err()).isEqualTo("Written to " + file + System.lineSeparator());
        return file;
    }
}
