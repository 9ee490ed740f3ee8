package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.Utils;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bad input ends in one line, status 2, and nothing written. */
class BadInputTest {

    @TempDir static Path temp;

    @BeforeAll
    static void prepare() throws IOException {
        InProcess.run(SmallRun.gan(temp.resolve("run"), 4)).done();
        InProcess.run(SmallRun.gan(temp.resolve("points"), 1, "--dataset", "ring")).done();
        Files.createDirectories(temp.resolve("empty"));
        Files.createDirectories(temp.resolve("full.png"));
        Files.createDirectories(temp.resolve("texts"));
        Files.writeString(temp.resolve("texts/readme.txt"), "no image");
        SmallRun.writeImages(temp.resolve("spoilt"), 10, 32);
        byte[] image = Files.readAllBytes(temp.resolve("spoilt/03.png"));
        Files.write(temp.resolve("spoilt/03.png"), Arrays.copyOf(image, image.length / 2));
        Files.writeString(temp.resolve("spoilt/05.png"), "no image");
        Files.createDirectories(temp.resolve("unreadable"));
        Files.writeString(temp.resolve("unreadable/1.png"), "no image");
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
                "gann | no variant 'gann'; did you mean 'gan'? 'gan4j list' shows all variants.",
                "gan --dataset digit | is called 'digit'; did you mean 'digits'?",
                "gan --dataset @none | There is no folder '@none'",
                "gan --dataset @empty | There are no images in '@empty': put PNG, JPEG, BMP or GIF",
                "gan --dataset @texts | There are no images in '@texts'",
                "gan --dataset @texts/readme.txt | is a file: give the folder",
                "gan --dataset @spoilt --strict | Cannot read '03.png' in '@spoilt'",
                "gan --set latentSiz=3 | no setting of gan 'latentSiz'; did you mean 'latentSize'?",
                "gan --set latentSize=many | 'latentSize' must be a whole number",
                "gan --set latentSize=1.5 | 'latentSize' must be a whole number",
                "gan --set latentSize= | 'latentSize' must be a whole number",
                "gan --set latentSize=0 | latentSize is 0; it must be 1 or more",
                "gan --set beta1=half | 'beta1' must be a number",
                "gan --set generatorUnits=[8,x] | must be a list, as in [1, 2]; each item a whole",
                "gan --set generatorUnits=[8 | The value '[8' cannot be read as YAML",
                "gan --set latentSize | KEY=VALUE",
                "gan --set device=null | device has no value",
                "gan --set strategy=alternating=0 | critic steps is 0; it must be 1 or more",
                "gan --set movingAverage=1 | average is 1.0; choose 0 (none) or a value below 1",
                "gan --set checkpointEvery=0 | checkpointEvery is 0; it must be 1 or more",
                "gan --batch-size 0 | batchSize (--batch-size) is 0; it must be 1 or more",
                "gan --batch-size -3 | batchSize (--batch-size) is -3; it must be 1 or more",
                "gan --rollback -1 | rollback (--rollback) is -1; it must be 0, for never, or more",
                "gan --batch-size 1 | The batch size is 1, but the generator normalises each value",
                "gan --batch-size 10001 | larger than the data set, which has 10000 samples",
                "gan --batch-size 2147483647 | larger than the data set",
                "gan --steps 0 | steps (--steps) is 0; it must be 1 or more",
                "gan --epochs 0 | epochs (--epochs) is 0; it must be 1 or more",
                "gan --epochs 1 --steps 1 | --steps=N, --epochs=N are mutually exclusive",
                "gan --steps many | Invalid value for option '--steps': 'many' is not a long",
                "gan --seed x | Invalid value for option '--seed'",
                "gan --size 0 | 0",
                "gan --channels 2 | 2",
                "gan --mirror | gan has one domain, whose pictures are neither mirrored nor cropped",
                "gan --load-size 40 | leave --mirror and --load-size out",
                "gan --fit stretch | There is no fit 'stretch'; use crop or pad.",
                "gan --dataset ring --size 32 | 'ring' holds points of the plane, which have"
                        + " neither",
                "gan --dataset grid --channels 1 | leave out --size and --channels",
                "gan --dataset stacked-digits --channels 1 | have a digit in each of 3 channels",
                "cgan --dataset ring | The variant cgan needs class labels, and the data set has"
                        + " none",
                "gan --dataset ring --set augmentation=cutout | Points cannot be augmented",
                "gan --set augmentation=cutuot | no augmentation 'cutuot'; did you mean 'cutout'?",
                "cgan --set packing=2 | A pack of samples has no label; set packing=1",
                "infogan --set packing=2 | but the discriminator judges packs of 2; set packing=1",
                "infogan --set categories=-1 | The code has categories -1 and continuous 2",
                "pacgan --batch-size 63 | The batch size 63 is no multiple of the packing 2",
                "dcgan --size 30 | choose square images of 28, 32, 64 or 128 pixels with --size",
                "gan --device tpu | There is no device 'tpu'; use cpu, gpu, or gpu:N.",
                "gan --device gpu:77 | Device gpu:77 is not there",
                "gan --stepz 5 | did you mean --steps?",
                "--steps 5 | Missing: VARIANT, for instance 'gan4j train dcgan'",
                "--config @nothing.yaml | The file '@nothing.yaml' cannot be read",
                "--config @empty | cannot be read",
            })
    void should_fail_to_train(String line, String message) {
        String error = InProcess.run(args("train " + line + " --out OUT")).badInput();
        assertThat(error).contains(message.replace("@", temp + "/"));
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "` ` | holds no 'name: value' lines",
                "steps: 3 | names no variant; add a line such as 'variant: dcgan'",
                "variant: [gan | is not valid YAML, line 1: expected ',' or ']'",
                "variant: gan%\tsteps: 3 | line 2: found character",
                "variant: gna | did you mean 'gan'?",
                "variant: gan%stepz: 3 | There is no option 'stepz'; did you mean 'steps'?",
                "variant: gan%batchSize: many | The option 'batchSize' must be a whole number.",
                "variant: gan%batchSize: null | The option 'batchSize' must be a whole number.",
                "variant: gan%settings: 3 | The settings must have names",
                "variant: gan%settings: {latentSiz: 3} | did you mean 'latentSize'?",
                "variant: gan%dataset: digits | The data set must have a name",
                "variant: gan%dataset: {nam: digits} | did you mean 'name'?",
                "variant: gan%dataset: {name: null} | dataset.name has no value",
                "variant: gan%dataset: {mirror: true} | gan has one domain, whose pictures",
                "variant: gan%dataset: {fit: null} | dataset.fit has no value",
            })
    void should_fail_if_the_configuration_is_bad(String text, String message) throws IOException {
        Path config = Files.writeString(temp.resolve("bad.yaml"), text.replace("%", "\n"));
        String error = InProcess.run(args("train --config " + config + " --out OUT")).badInput();
        assertThat(error).contains(message);
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void should_fail_if_the_configuration_is_no_text() throws IOException {
        Path config =
                Files.write(temp.resolve("bad.yaml"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        assertThat(InProcess.run(args("train --config " + config + " --out OUT")).badInput())
                .contains("'" + config + "' is not a configuration: it is no text in UTF-8.");
    }

    @Test
    void should_fail_if_the_configuration_is_of_another_variant() {
        String config = temp.resolve("run/config.yaml").toString();
        assertThat(InProcess.run(args("train dcgan --config " + config + " --out OUT")).badInput())
                .contains("VARIANT is dcgan, but " + config + " says gan; leave one of them out");
    }

    @Test
    void should_fail_if_the_run_folder_exists() throws IOException {
        Path run = temp.resolve("run");
        byte[] config = Files.readAllBytes(run.resolve("config.yaml"));
        assertThat(InProcess.run(args("train gan --out @run")).badInput())
                .contains("The folder '" + run + "' exists and is not empty")
                .contains("go on with 'gan4j resume " + run + "'")
                .contains("--out");
        assertThat(run.resolve("config.yaml")).hasBinaryContent(config);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_fail_if_the_run_folder_cannot_be_made() {
        assertThat(InProcess.run(args("train gan --out @texts/readme.txt/run")).badInput())
                .contains("cannot be made; choose another one with --out");
        assertThat(InProcess.run(args("train gan --out @texts/readme.txt")).badInput())
                .contains("is a file; choose a folder with --out");
    }

    @Test
    void should_fail_if_the_gpu_is_not_there() {
        org.junit.jupiter.api.Assumptions.assumeTrue(Torch.startEngine().getGpuCount() == 0);
        assertThat(InProcess.run(args("train gan --device gpu --out OUT")).badInput())
                .contains("Device gpu:0 is not there: the engine sees no GPU. Use --device cpu");
        assertThat(InProcess.run(args("resume @run --steps 9 --device gpu")).badInput())
                .contains("Device gpu:0 is not there");
        assertThat(InProcess.run(args("bench gan --device gpu --no-python")).badInput())
                .contains("Device gpu:0 is not there: the engine sees no GPU. Use --device cpu");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "trian gan | did you mean train?",
                "resume | Missing required parameter: 'RUN'",
                "resume @none | There is no run folder '@none'; train one with 'gan4j train'.",
                "resume @empty | '@empty' is not a run folder: it has no config.yaml.",
                "resume @run --steps 0 | steps (--steps) is 0; it must be 1 or more",
                "resume @run --batch-size 3 | Unknown options: '--batch-size', '3'",
                "generate @run --out OUT/a.png | Missing required option: '--count=N'",
                "generate @run --count 3 | Missing required option: '--out=",
                "generate @run --count 0 --out OUT/a.npy | --count is 0; it must be 1 or more.",
                "generate @run --count x --out OUT/a.npy | 'x' is not an int",
                "generate @run --count 3 --out OUT/a.jpg | --out ends in .jpg; give a .npy file,",
                "generate @run --count 3 --out @run/losses.png | '@run/losses.png' exists; choose",
                "generate @run --count 3 --out @run | '@run' exists; choose another name",
                "generate @run --count 3 --out @full.png | '@full.png' is a folder",
                "generate @run --count 3 --out / | '/' exists",
                "generate @run --count 3 --out @run/losses.png/a.png | Nothing can be written to",
                "generate @run --count 3 --columns 0 --out OUT/a.png | --columns is 0; it must be",
                "generate @run --count 3 --columns 2 --out OUT/a.npy | --columns has no effect on a file",
                "generate @run --count 3 --columns 2 --out OUT | --columns has no effect on a file",
                "evaluate @run --size 32 --channels 1 | --size, --channels have no effect without"
                        + " --against; leave them out.",
                "evaluate @run --json @none/x.json | --json is '@none/x.json', which cannot be written",
                "augment @run --json @none/x.json | --json is '@none/x.json', which cannot be written",
                "attributes @run --extractor digits | --extractor has no effect unless a class is",
                "--plugins @texts/readme.txt list | '@texts/readme.txt' is no plug-in: it is neither a"
                        + " jar nor a folder of classes.",
                "generate @run --count 10001 --out OUT/a.png | 10,001 samples is too large",
                "generate @none --count 3 --out OUT/a.png | There is no run '@none'",
                "generate @empty --count 3 --out OUT/a.png | '@empty' has no generator yet",
                "generate @points --count 3 --out OUT | points, which are no pictures for a"
                        + " folder;",
                "generate @points --count 3 --columns 2 --out OUT/a.png | which have no --columns",
                "interpolate @points --out OUT/a.png | samples of shape (2), which are no pictures",
                "interpolate @none --out OUT/a.png | There is no run '@none'",
                "interpolate @run --out OUT/a.npy | give a file that ends in .png or .gif",
                "interpolate @run --out OUT | give a file that ends in .png or .gif",
                "interpolate @run --steps 1 --out OUT/a.png | --steps is 1; it must be 2 or more.",
                "interpolate @run --out @run/losses.png | '@run/losses.png' exists; choose",
                "interpolate @run --out @run/losses.png/a.gif | Nothing can be written to",
                "list gna | did you mean 'gan'?",
            })
    void should_fail_to_run(String line, String message) {
        String error = InProcess.run(args(line)).badInput();
        assertThat(error).contains(message.replace("@", temp + "/"));
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void should_skip_and_count_images_that_cannot_be_read() {
        Path run = temp.resolve("skipping");
        Outcome outcome =
                InProcess.run(SmallRun.gan(run, 1, "--dataset", temp.resolve("spoilt").toString()))
                        .done();
        assertThat(outcome.err())
                .contains("Skipped '03.png': ")
                .contains("Skipped '05.png': ")
                .contains("Skipped 2 of 10 images in '" + temp.resolve("spoilt") + "'")
                .contains("gan on spoilt: 8 samples of (3, 32, 32)");
    }

    @Test
    void should_fail_if_no_image_can_be_read() {
        Outcome outcome = InProcess.run(args("train gan --dataset @unreadable --out OUT"));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err().lines().toList().get(outcome.err().lines().toList().size() - 1))
                .startsWith("gan4j: None of the 1 images in '" + temp.resolve("unreadable"));
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void should_say_so_in_a_process_of_its_own() {
        Outcome outcome = OwnProcess.run(List.of("train", "dcgn"));
        assertThat(outcome.badInput()).contains("There is no variant 'dcgn'; did you mean 'dcgan'");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void should_fail_offline_if_a_download_is_needed() {
        Path out = temp.resolve("out");
        String error =
                new OwnProcess.Builder()
                        .environment("ENGINE_CACHE_DIR", Utils.getEngineCacheDir().toString())
                        .environment("DJL_CACHE_DIR", temp.resolve("cache").toString())
                        // No machine lets one through at this door.
                        .option("-Dhttps.proxyHost=localhost")
                        .option("-Dhttps.proxyPort=1")
                        .run(List.of("train", "gan", "--dataset", "mnist"), "--out", out.toString())
                        .badInput();
        assertThat(error)
                .contains("Cannot bring mnist, a download of 11 MB (")
                .contains("go online once")
                .contains("or use 'digits', which needs no download.");
        assertThat(out).doesNotExist();
    }
}
