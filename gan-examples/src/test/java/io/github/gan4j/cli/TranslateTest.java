package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.run.GeneratorTranslatorFactory;
import io.github.gan4j.run.Safetensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Games of two domains, from the command line: trained, resumed, and put to use. */
class TranslateTest {

    private static final int STEPS = 12;

    @TempDir static Path temp;

    @BeforeAll
    static void trainOnce() throws IOException {
        OwnProcess.run(args("cyclegan", temp.resolve("cyclegan"), STEPS)).done();
        OwnProcess.run(args("pix2pix", temp.resolve("pix2pix"), STEPS)).done();
        InProcess.run(SmallRun.gan(temp.resolve("gan"), 4)).done();
        Path input = Files.createDirectories(temp.resolve("input/more"));
        write(BufferedImage.TYPE_INT_RGB, 32, 32, temp.resolve("input/same.png"));
        write(BufferedImage.TYPE_INT_ARGB, 50, 40, temp.resolve("input/alpha.png"));
        write(BufferedImage.TYPE_BYTE_GRAY, 64, 64, input.resolve("grey.png"));
        write(BufferedImage.TYPE_INT_RGB, 90, 31, input.resolve("wide.jpg"));
        Files.writeString(input.resolve("bad.png"), "no image");
        Files.createDirectories(temp.resolve("half/trainA"));
        Files.createDirectories(temp.resolve("hollow/trainA"));
        Files.createDirectories(temp.resolve("hollow/trainB"));
        for (String folder : List.of("half/trainA", "hollow/trainA", "odd/trainA", "odd/trainB")) {
            Files.createDirectories(temp.resolve(folder));
            write(BufferedImage.TYPE_INT_RGB, 32, 32, temp.resolve(folder + "/1.png"));
        }
        write(BufferedImage.TYPE_INT_RGB, 32, 32, temp.resolve("odd/trainA/2.png"));
    }

    /** The schedule is given, for that of a shorter training would be another. */
    private static List<String> args(String variant, Path folder, int steps) {
        String[] schedule = {"--schedule", "linear-decay:from=6,to=14"};
        return variant.equals("cyclegan")
                ? SmallRun.cyclegan(folder, steps, schedule)
                : SmallRun.pix2pix(folder, steps, schedule);
    }

    private static void write(int type, int width, int height, Path file) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(width);
        int colour = random.nextInt(1 << 24);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int alpha = x < width / 2 ? 0x80 : 0xFF;
                image.setRGB(x, y, alpha << 24 | (x * y / 64 % 2 == 0 ? colour : 0x3060A0));
            }
        }
        String format = file.toString().endsWith("jpg") ? "jpg" : "png";
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cyclegan", "pix2pix"})
    void should_give_the_same_bytes_in_two_parts(String variant, @TempDir Path folder)
            throws IOException {
        Path parts = folder.resolve("parts");
        InProcess.run(args(variant, parts, 7)).done();
        OwnProcess.run(SmallRun.resume(parts, STEPS)).done();
        Path whole = temp.resolve(variant);
        RunFiles.assertSameBytes(
                RunFiles.checkpoint(parts, STEPS), RunFiles.checkpoint(whole, STEPS));
        for (String name : RunFiles.names(whole)) {
            if (name.startsWith("generator") || name.equals("samples")) {
                RunFiles.assertSameFiles(parts.resolve(name), whole.resolve(name));
            }
        }
    }

    @Test
    void should_keep_the_pool_in_checkpoints_and_export_each_generator() throws IOException {
        Path run = temp.resolve("cyclegan");
        assertThat(Safetensors.read(RunFiles.checkpoint(run, STEPS)).getNames())
                .contains("memory/pool/AtoB/004", "memory/pool/BtoA/004")
                .doesNotContain("memory/pool/AtoB/005");
        assertThat(RunFiles.names(run)).contains("generator-AtoB", "generator-BtoA");
        assertThat(RunFiles.names(temp.resolve("pix2pix")))
                .contains("generator-AtoB")
                .doesNotContain("generator-BtoA");
    }

    @Test
    void should_show_inputs_outputs_the_way_back_and_the_truth() throws IOException {
        BufferedImage cycle =
                ImageIO.read(temp.resolve("cyclegan/samples/step-000012.png").toFile());
        BufferedImage pair = ImageIO.read(temp.resolve("pix2pix/samples/step-000012.png").toFile());
        // Two directions of input, output, back and truth; one of input, output and truth.
        assertThat(cycle.getHeight() * 3).isBetween(pair.getHeight() * 7, pair.getHeight() * 9);
        assertThat(cycle.getWidth()).isEqualTo(pair.getWidth());
    }

    @Test
    void should_translate_a_folder_under_the_same_names(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("out");
        String said =
                InProcess.run(
                                "translate",
                                temp.resolve("cyclegan").toString(),
                                "--input",
                                temp.resolve("input").toString(),
                                "--out",
                                out.toString())
                        .done()
                        .err();
        assertThat(said).contains("Skipped 'more/bad.png': not an image.").contains("4 pictures");
        assertThat(RunFiles.names(out)).containsExactly("alpha.png", "more", "same.png");
        assertThat(RunFiles.names(out.resolve("more"))).containsExactly("grey.png", "wide.png");
        BufferedImage translated = ImageIO.read(out.resolve("more/wide.png").toFile());
        assertThat(translated.getWidth()).isEqualTo(32);
        assertThat(translated.getHeight()).isEqualTo(32);
        assertThat(translated.getRaster().getNumBands()).isEqualTo(3);
    }

    @Test
    void should_translate_back_and_single_files(@TempDir Path folder) throws IOException {
        Path there = folder.resolve("there.png");
        Path back = folder.resolve("back.png");
        String run = temp.resolve("cyclegan").toString();
        String input = temp.resolve("input/same.png").toString();
        InProcess.run("translate", run, "--input", input, "--out", there.toString()).done();
        InProcess.run(
                        "translate",
                        run,
                        "--input",
                        input,
                        "--out",
                        back.toString(),
                        "--direction",
                        "btoa")
                .done();
        assertThat(Files.mismatch(there, back)).isNotEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same.png", "more/wide.jpg"})
    void should_translate_as_a_predictor_does(String name, @TempDir Path folder) throws Exception {
        Path out = folder.resolve("out.png");
        Path input = temp.resolve("input").resolve(name);
        InProcess.run(
                        "translate",
                        temp.resolve("cyclegan").toString(),
                        "--input",
                        input.toString(),
                        "--out",
                        out.toString())
                .done();
        BufferedImage expected = ImageIO.read(out.toFile());
        try (ZooModel<Image, Image> model =
                        Criteria.builder()
                                .setTypes(Image.class, Image.class)
                                .optModelPath(temp.resolve("cyclegan/generator-AtoB"))
                                .optTranslatorFactory(new GeneratorTranslatorFactory())
                                .build()
                                .loadModel();
                Predictor<Image, Image> predictor = model.newPredictor()) {
            Image translated = predictor.predict(ImageFactory.getInstance().fromFile(input));
            BufferedImage actual = (BufferedImage) translated.getWrappedImage();
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 32; x++) {
                    for (int shift = 0; shift <= 16; shift += 8) {
                        int a = actual.getRGB(x, y) >> shift & 0xFF;
                        int e = expected.getRGB(x, y) >> shift & 0xFF;
                        // Scaled pictures are rounded to bytes by the one and not by the other.
                        assertThat(a).isCloseTo(e, within(2));
                    }
                }
            }
        }
    }

    @Test
    void should_measure_translations_beside_what_takes_no_learning(@TempDir Path folder)
            throws IOException {
        Path json = folder.resolve("scores.json");
        String cycle = temp.resolve("cyclegan").toString();
        String table = InProcess.run("evaluate", cycle, "--json", json.toString()).done().out();
        assertThat(table)
                .contains("emoji AtoB, mean of 202 held-out pairs:")
                .contains("emoji BtoA, mean of 202 held-out pairs:")
                .containsPattern("measure +better +translated +input +nearest")
                .containsPattern("(?m)^ +ssim +higher .*no better than input");
        JsonNode scores = new ObjectMapper().readTree(json.toFile());
        // The same pictures either way round; and twelve steps teach nothing.
        assertThat(scores.at("/AtoB/input")).isEqualTo(scores.at("/BtoA/input"));
        assertThat(scores.at("/AtoB/input/mae").asDouble()).isCloseTo(0.147, within(0.001));
        assertThat(scores.at("/AtoB/translated/mae").asDouble()).isGreaterThan(0.15);
        assertThat(scores.at("/AtoB/nearest/ssim").asDouble()).isBetween(0.2, 0.4);

        InProcess.run("evaluate", temp.resolve("pix2pix").toString()).done();
        JsonNode pairs =
                new ObjectMapper().readTree(temp.resolve("pix2pix/evaluation.json").toFile());
        assertThat(pairs.at("/AtoB/pairs").asInt()).isEqualTo(202);
        assertThat(pairs.has("BtoA")).isFalse();
    }

    private static String[] args(String line) {
        return line.replace("@", temp + "/")
                .replace("OUT", temp.resolve("out").toString())
                .split(" ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "generate @cyclegan --count 2 --out OUT/a.npy | use 'gan4j translate @cyclegan",
                "interpolate @pix2pix --out OUT/a.gif | use 'gan4j translate @pix2pix --input DIR",
                "translate @gan --input @input --out OUT | use 'gan4j generate @gan'",
                "translate @none --input @input --out OUT | There is no run '@none'",
                "translate @pix2pix --input @input --out OUT --direction BtoA | translates AtoB"
                        + " only",
                "translate @cyclegan --input @input --out OUT --direction up | no direction 'up';"
                        + " use",
                "translate @cyclegan --input @none --out OUT | no picture and no folder '@none'",
                "translate @cyclegan --input @input --out OUT/a.jpg | --out is '@out/a.jpg'; give",
                "translate @cyclegan --input @input --out @gan | '@gan' exists; choose another"
                        + " name",
                "translate @cyclegan --input @input/more/bad.png --out OUT/a.png | cannot be read:"
                        + " not an image; give",
                "translate @cyclegan --input @input --out OUT --fit stretch | no fit 'stretch'",
                "train cyclegan --dataset digits --out OUT | between two domains, and the data set"
                        + " has",
                "train cyclegan --dataset @half --out OUT | '@half' lacks the folder trainB",
                "train cyclegan --dataset @hollow --out OUT | no images in '@hollow/trainB'",
                "train pix2pix --dataset emoji --out OUT | 'emoji' holds no pairs to train on: use",
                "train pix2pix --dataset @odd --out OUT | without a partner of the same name"
                        + ": 1 (trainA/2.png)",
                "train pix2pix --size 30 --out OUT | takes multiples of 8, such as 24 or 32;"
                        + " choose",
                "train cyclegan --size 30 --out OUT | takes multiples of 4 from 8 on, such as 28 or"
                        + " 32",
                "train cyclegan --set generator=vit --out OUT | There is no generator 'vit'",
                "train cyclegan --set norm=layer --out OUT | There is no norm 'layer'",
                "train cyclegan --set patch=50 --out OUT | set patch to 1, 16, 34, 70, 142 or 286",
                "train cyclegan --set patch=142 --out OUT | are too small for a patch of 142; set",
                "train cyclegan --set pool=-1 --out OUT | size -1; it must be 0 (none) or more",
                "train pix2pix --set dropout=1 --out OUT | dropout is 1.0; it must be 0 or more",
                "train pix2pix --set levels=6 --out OUT | takes multiples of 64, such as 64 or 128",
                "train cyclegan --evaluate-every 5 --out OUT | cyclegan translates pictures, which"
                        + " --evaluate-every cannot measure; leave that out",
                "evaluate @cyclegan --samples 99 --seed 0 --extractor digits | --samples, --extractor,"
                        + " --seed have no effect on a run that translates",
                "evaluate @pix2pix --best --device cpu | --best has no effect on a run that",
                "train pix2pix --load-size 20 --out OUT | Load size 20 is smaller than the samples",
            })
    void should_fail_in_one_line(String line, String message) {
        assertThat(InProcess.run(args(line)).badInput()).contains(message.replace("@", temp + "/"));
        assertThat(temp.resolve("out")).doesNotExist();
    }
}
