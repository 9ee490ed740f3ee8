package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.github.gan4j.run.GeneratorTranslatorFactory;
import io.github.gan4j.run.ImageGrid;
import io.github.gan4j.run.NpyReader;
import io.github.gan4j.run.TrainedGenerator;
import io.github.gan4j.torch.Torch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Games that draw the class asked for. */
class ConditionalTest {

    private static final int CLASSES = 10;
    private static final int CELL = 30;
    private static final int GAP = 2;

    /** Other parts than the variant's own, by the names that users give them. */
    private static final String[] PARTS = {
        "--loss=least-squares:real=0.9",
        "--penalty=r1=5:interval=2",
        "--strategy=alternating:critic=2",
        "--schedule=cosine=100",
        "--set=sampleCount=20"
    };

    @TempDir static Path shared;
    @TempDir Path temp;

    @BeforeAll
    static void train() throws IOException {
        InProcess.run(SmallRun.convolutional("projection", shared.resolve("run"), 8, PARTS)).done();
        InProcess.run(SmallRun.gan(shared.resolve("blind"), 1)).done();
        for (String shape : List.of("round", "square")) {
            SmallRun.writeImages(shared.resolve("shapes").resolve(shape), 4, 32);
        }
        SmallRun.writeImages(shared.resolve("flat"), 4, 32);
        String folder = shared.resolve("shapes").toString();
        InProcess.run(
                        SmallRun.convolutional(
                                "cdcgan", shared.resolve("named"), 1, "--dataset", folder))
                .done();
    }

    private Path generate(String run, String out, String... more) {
        Path file = temp.resolve(out);
        String[] args = {"generate", shared.resolve(run).toString(), "--out", file.toString()};
        InProcess.run(Arrays.asList(args), more).done();
        return file;
    }

    private static byte[] expected(String run, long... labels) {
        try (TrainedGenerator generator = TrainedGenerator.open(shared.resolve(run));
                NDManager manager = Torch.newManager()) {
            assertThat(generator.isConditional()).isTrue();
            return ImageGrid.toBytes(generator.generate(manager, labels, 0));
        }
    }

    private static byte[] pixels(Path npy) throws IOException {
        try (NDManager manager = Torch.newManager();
                NpyReader reader = new NpyReader(npy)) {
            return reader.read(manager).toByteArray();
        }
    }

    @Test
    void should_write_down_the_parts_that_were_chosen() throws IOException {
        assertThat(shared.resolve("run/config.yaml"))
                .content()
                .contains("loss: \"least-squares:real=0.9,fake=0,generator=1,flip=0\"")
                .contains("- \"r1:weight=5,interval=2\"")
                .contains("strategy: \"alternating:critic=2,fresh=false\"")
                .contains("- \"cosine:length=100,floor=0\"");
    }

    @Test
    void should_give_the_same_bytes_in_two_parts() throws IOException {
        Path parts = temp.resolve("parts");
        InProcess.run(SmallRun.convolutional("projection", parts, 4, PARTS)).done();
        OwnProcess.run(SmallRun.resume(parts, 8)).done();
        RunFiles.assertSame(parts, shared.resolve("run"));
    }

    @Test
    void should_draw_the_class_asked_for() throws IOException {
        byte[] sevens = pixels(generate("run", "7.npy", "--label", "7", "--count", "3"));
        assertThat(sevens).containsExactly(expected("run", 7, 7, 7));
        assertThat(sevens).isNotEqualTo(expected("run", 3, 3, 3));
        byte[] both = pixels(generate("run", "b.npy", "--label=7", "--label=3", "--count", "3"));
        assertThat(both).containsExactly(expected("run", 7, 3, 7));
    }

    @Test
    void should_know_classes_by_name() throws IOException {
        Path named = generate("named", "a.npy", "--label", "square", "--count", "2");
        assertThat(pixels(named)).containsExactly(expected("named", 1, 1));
    }

    @Test
    void should_draw_all_classes_in_turn_unless_told() throws IOException {
        byte[] all = pixels(generate("run", "all.npy", "--count", "103"));
        long[] labels = LongStream.range(0, 103).map(i -> i % CLASSES).toArray();
        assertThat(all).containsExactly(expected("run", labels));
    }

    @Test
    void should_draw_a_grid_with_a_row_for_each_class() throws IOException {
        BufferedImage grid = ImageIO.read(generate("run", "g.png", "--count", "30").toFile());
        assertThat(grid.getWidth()).isEqualTo(3 * CELL + GAP);
        assertThat(grid.getHeight()).isEqualTo(CLASSES * CELL + GAP);
        byte[] rows = expected("run", LongStream.range(0, 30).map(i -> i / 3).toArray());
        for (int i : new int[] {0, 2, 3, 29}) {
            int x = GAP + i % 3 * CELL;
            int y = GAP + i / 3 * CELL;
            int[] cell = grid.getRaster().getPixels(x, y, 28, 28, (int[]) null);
            for (int p = 0; p < cell.length; p++) {
                assertThat(cell[p]).isEqualTo(rows[i * cell.length + p] & 0xFF);
            }
        }
    }

    @Test
    void should_write_a_folder_for_each_class() throws IOException {
        Path folder = generate("run", "folder", "--count", "13");
        assertThat(RunFiles.names(folder)).hasSize(CLASSES).contains("0", "9");
        assertThat(RunFiles.names(folder.resolve("2"))).containsExactly("000002.png", "000012.png");
        assertThat(RunFiles.names(generate("run", "one", "--label=2", "--count=2")))
                .containsExactly("000000.png", "000001.png");
        generate("run", "folder", "--label=2", "--count=1", "--overwrite");
        assertThat(RunFiles.names(folder)).containsExactly("000000.png");
    }

    /** A row for each class, in each of which the columns have the same latents. */
    @Test
    void should_show_a_row_for_each_class_in_the_course_of_training() throws IOException {
        Path samples = shared.resolve("run/samples");
        BufferedImage first = ImageIO.read(samples.resolve("step-000000.png").toFile());
        assertThat(first.getHeight() / (double) first.getWidth())
                .isEqualTo((CLASSES * CELL + GAP) / (double) (2 * CELL + GAP));
    }

    @Test
    void should_walk_through_the_latents_of_each_class() throws IOException {
        Path file = temp.resolve("walk.png");
        List<String> args =
                List.of("interpolate", shared.resolve("run") + "", "--steps=3", "--out=" + file);
        InProcess.run(args).done();
        BufferedImage all = ImageIO.read(file.toFile());
        double ratio = (CLASSES * CELL + GAP) / (double) (3 * CELL + GAP);
        assertThat(all.getHeight() / (double) all.getWidth()).isEqualTo(ratio);
        InProcess.run(args, "--label", "4", "--overwrite").done();
        BufferedImage one = ImageIO.read(file.toFile());
        assertThat(one.getHeight() / (double) one.getWidth())
                .isEqualTo((8 * CELL + GAP) / (double) (3 * CELL + GAP));
        // The first walk is the same for all: that of class 4 is now on top.
        int size = all.getWidth() / (3 * CELL + GAP) * CELL;
        int[] fifth = all.getRaster().getPixels(0, 4 * size, size, size, (int[]) null);
        assertThat(one.getRaster().getPixels(0, 0, size, size, (int[]) null))
                .containsExactly(fifth);
        InProcess.run(
                        List.of("interpolate", shared.resolve("run") + "", "--steps=2"),
                        "--label=4",
                        "--out=" + temp.resolve("walk.gif"))
                .done();
        assertThat(RunFolderTest.countFrames(temp.resolve("walk.gif"))).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run | 10 | The run has no class '10'. It has: 0 to 9.",
                "run | -1 | The run has no class '-1'. It has: 0 to 9.",
                "run | seven | The run has no class 'seven'. It has: 0 to 9.",
                "named | squares | no class 'squares'; did you mean 'square'? It has: round,"
                        + " square,",
                "named | 2 | The run has no class '2'. It has: round, square, or 0 to 1.",
                "blind | 3 | variant gan was trained without labels and draws no class asked for",
            })
    void should_fail_if_there_is_no_such_class(String run, String label, String message) {
        for (String command : List.of("generate --count 3", "interpolate")) {
            String line = command.replaceFirst(" |$", " " + shared.resolve(run) + " ");
            String[] more = {"--label=" + label, "--out", temp.resolve("x.png").toString()};
            assertThat(InProcess.run(List.of(line.split(" ")), more).badInput()).contains(message);
            assertThat(temp.resolve("x.png")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgan", "cdcgan", "acgan", "projection"})
    void should_fail_to_train_without_labels(String variant) {
        String[] args = {
            "train", variant, "--dataset", shared.resolve("flat") + "", "--out", temp + "/out"
        };
        assertThat(InProcess.run(args).badInput())
                .contains("needs class labels", "a folder with a sub-folder for each class");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void should_export_a_generator_that_plain_djl_asks_for_a_class() throws Exception {
        Path folder = shared.resolve("run/generator");
        Criteria<float[], Image> pictures =
                Criteria.builder()
                        .setTypes(float[].class, Image.class)
                        .optModelPath(folder)
                        .optTranslatorFactory(new GeneratorTranslatorFactory())
                        .build();
        Criteria<NDList, NDList> batches =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optModelPath(folder)
                        .build();
        try (NDManager manager = Torch.newManager();
                ZooModel<float[], Image> artist = pictures.loadModel();
                Predictor<float[], Image> drawing = artist.newPredictor();
                ZooModel<NDList, NDList> model = batches.loadModel();
                Predictor<NDList, NDList> predictor = model.newPredictor();
                TrainedGenerator generator = TrainedGenerator.open(shared.resolve("run"))) {
            NDArray latents = generator.drawLatents(manager, 2, 0);
            NDArray expected = generator.generate(latents, new long[] {6, 7});
            NDArray labels = manager.create(new long[] {6, 7});
            assertThat(predictor.predict(new NDList(latents, labels)).head().toFloatArray())
                    .containsExactly(expected.toFloatArray());

            float[] latentAndLabel = latents.get(1).toFloatArray();
            latentAndLabel = Arrays.copyOf(latentAndLabel, latentAndLabel.length + 1);
            latentAndLabel[latentAndLabel.length - 1] = 7;
            NDArray drawn = drawing.predict(latentAndLabel).toNDArray(manager);
            float[] levels = drawn.toType(DataType.FLOAT32, false).toFloatArray();
            byte[] bytes = ImageGrid.toBytes(expected);
            for (int p = 0; p < 28 * 28; p++) {
                int level = bytes[28 * 28 + p] & 0xFF;
                assertThat(Math.abs(levels[3 * p] - level)).isLessThanOrEqualTo(1);
            }
        }
    }
}
