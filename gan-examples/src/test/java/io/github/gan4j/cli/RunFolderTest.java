package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.gan4j.run.GeneratorTranslatorFactory;
import io.github.gan4j.run.ImageGrid;
import io.github.gan4j.run.TrainedGenerator;
import io.github.gan4j.torch.Torch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training leaves in its folder. */
class RunFolderTest {

    private static final int STEPS = 12;
    private static final int SIDE = 28;
    private static final int CHANNELS = 3;

    @TempDir static Path temp;
    private static Path run;
    private static Path colour;
    private static Outcome outcome;

    @BeforeAll
    static void train() throws IOException {
        run = temp.resolve("run");
        outcome = InProcess.run(SmallRun.dcgan(run, STEPS)).done();
        Path images = SmallRun.writeImages(temp.resolve("images"), 10, 32);
        colour = temp.resolve("colour");
        InProcess.run(SmallRun.dcgan(colour, 2, "--dataset", images.toString())).done();
    }

    @Test
    void should_tell_the_user_what_goes_on() {
        assertThat(outcome.err())
                .contains("dcgan on digits: 10,000 samples of (1, 28, 28), batch 4, 12 steps")
                .containsPattern("discriminator [\\d,]+, generator [\\d,]+ parameters")
                .containsPattern("step 12/12  [\\d.]+/s  0:00 left  D loss [\\d.]+  D\\(real\\)")
                .contains("Look at " + run.resolve("samples"));
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void should_hold_everything_and_nothing_else() {
        assertThat(RunFiles.names(run))
                .containsExactly(
                        "checkpoints",
                        "config.yaml",
                        "generator",
                        "losses.png",
                        "metrics.jsonl",
                        "samples");
        assertThat(RunFiles.names(run.resolve("samples")))
                .containsExactly(
                        "progress.gif",
                        "step-000000.png",
                        "step-000004.png",
                        "step-000008.png",
                        "step-000012.png");
        assertThat(RunFiles.names(run.resolve("checkpoints")))
                .containsExactly(
                        "step-00000004.safetensors",
                        "step-00000008.safetensors",
                        "step-00000012.safetensors");
        assertThat(RunFiles.names(run.resolve("generator")))
                .containsExactly("generator-0000.params", "generator.yaml", "serving.properties");
    }

    @Test
    void should_write_a_complete_configuration() throws IOException {
        assertThat(Files.readString(run.resolve("config.yaml")))
                .contains(
                        "variant: dcgan",
                        "latentSize: 32",
                        "generatorFilters: 4",
                        "name: digits",
                        "steps: 12",
                        "batchSize: 4",
                        "seed: 0",
                        "threads: 1",
                        "keepCheckpoints: 3");
    }

    @Test
    void should_log_a_line_of_json_every_so_many_steps() throws IOException {
        List<JsonNode> lines = RunFiles.metrics(run);
        assertThat(lines)
                .extracting(line -> line.get("step").intValue())
                .containsExactly(2, 4, 6, 8, 10, 12);
        for (JsonNode line : lines) {
            for (String name :
                    List.of(
                            "discriminator/loss",
                            "discriminator/gradient norm",
                            "generator/loss",
                            "generator/gradient norm",
                            "steps per second",
                            "samples per second",
                            "heap bytes")) {
                assertThat(line.path(name).isNumber()).as(name).isTrue();
                assertThat(line.get(name).doubleValue()).as(name).isPositive();
            }
            assertThat(line.get("epoch").intValue()).isZero();
            assertThat(line.get("discriminator/D(real)").doubleValue()).isBetween(0.0, 1.0);
            assertThat(line.get("discriminator/D(fake)").doubleValue()).isBetween(0.0, 1.0);
            assertThat(line.has("resident bytes")).isTrue();
        }
    }

    @Test
    void should_draw_grids_of_samples() throws IOException {
        float[] blank = new float[SmallRun.SAMPLE_COUNT * SIDE * SIDE];
        Shape shape = new Shape(SmallRun.SAMPLE_COUNT, 1, SIDE, SIDE);
        BufferedImage expected = ImageGrid.enlarge(ImageGrid.of(blank, shape, 4, 2), 560);
        for (String name : List.of("step-000000.png", "step-000012.png")) {
            BufferedImage image = ImageIO.read(run.resolve("samples").resolve(name).toFile());
            assertThat(image.getWidth()).isEqualTo(expected.getWidth()).isGreaterThanOrEqualTo(560);
            assertThat(image.getHeight()).isEqualTo(expected.getHeight());
        }
        assertThat(
                        Files.mismatch(
                                run.resolve("samples/step-000000.png"),
                                run.resolve("samples/step-000012.png")))
                .isNotEqualTo(-1);
    }

    @Test
    void should_animate_the_progress() throws IOException {
        assertThat(countFrames(run.resolve("samples/progress.gif"))).isEqualTo(4);
    }

    static int countFrames(Path gif) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream stream = ImageIO.createImageInputStream(gif.toFile())) {
            reader.setInput(stream);
            return reader.getNumImages(true);
        } finally {
            reader.dispose();
        }
    }

    @Test
    void should_plot_the_losses() throws IOException {
        BufferedImage image = ImageIO.read(run.resolve("losses.png").toFile());
        assertThat(image.getWidth()).isGreaterThan(400);
        assertThat(image.getHeight()).isGreaterThan(300);
    }

    @Test
    void should_export_a_generator_for_plain_djl() throws Exception {
        try (NDManager manager = Torch.newManager();
                ZooModel<NDList, NDList> model = load(run);
                Predictor<NDList, NDList> predictor = model.newPredictor();
                TrainedGenerator generator = TrainedGenerator.open(run)) {
            NDArray latents = generator.drawLatents(manager, 5, 3);
            NDArray samples = predictor.predict(new NDList(latents)).singletonOrThrow();
            assertThat(samples.getShape()).isEqualTo(new Shape(5, 1, SIDE, SIDE));
            assertThat(samples.toFloatArray())
                    .containsExactly(generator.generate(latents).toFloatArray());
            assertThat(samples.toFloatArray())
                    .containsExactly(generator.generate(manager, 5, 3).toFloatArray());
        }
    }

    @Test
    void should_export_a_generator_of_grey_pictures() throws Exception {
        assertSamePicture(run, 1, SIDE);
    }

    @Test
    void should_export_a_generator_of_coloured_pictures() throws Exception {
        assertSamePicture(colour, CHANNELS, 32);
    }

    /** DJL reads the factory's name too late to pick it by itself for other types than NDList. */
    private static void assertSamePicture(Path folder, int channels, int side) throws Exception {
        Criteria<float[], Image> criteria =
                Criteria.builder()
                        .setTypes(float[].class, Image.class)
                        .optModelPath(folder.resolve("generator"))
                        .optTranslatorFactory(new GeneratorTranslatorFactory())
                        .build();
        try (NDManager manager = Torch.newManager();
                ZooModel<float[], Image> model = criteria.loadModel();
                Predictor<float[], Image> predictor = model.newPredictor();
                TrainedGenerator generator = TrainedGenerator.open(folder)) {
            NDArray latent = generator.drawLatents(manager, 1, 3);
            Image image = predictor.predict(latent.toFloatArray());
            assertThat(image.getWidth()).isEqualTo(side);
            assertThat(image.getHeight()).isEqualTo(side);
            byte[] expected = ImageGrid.toBytes(generator.generate(latent));
            float[] pixels =
                    image.toNDArray(manager).toType(DataType.FLOAT32, false).toFloatArray();
            assertThat(pixels).hasSize(side * side * 3);
            for (int i = 0; i < pixels.length; i++) {
                int level = expected[channels == 1 ? i / 3 : i] & 0xFF;
                assertThat(pixels[i]).as("pixel %d", i).isCloseTo(level, within(1f));
            }
        }
    }

    private static ZooModel<NDList, NDList> load(Path folder) throws Exception {
        return Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optModelPath(folder.resolve("generator"))
                .build()
                .loadModel();
    }
}
