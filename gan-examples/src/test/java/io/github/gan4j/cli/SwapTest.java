package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gan4j.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses, penalties, strategies and data sets that are not a variant's own. */
class SwapTest {

    @TempDir Path temp;

    /**
     * Options, the lines of config.yaml that they lead to, and terms that are then logged, each
     * list parted by semicolons.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gan        | --loss=hinge --penalty=r1=10                       | loss: hinge; - "r1:weight=10,interval=1"                  | discriminator/r1
                    gan        | --loss=wasserstein --penalty=clip=0.1              | loss: wasserstein; - clip:bound=0.1                       | discriminator/loss
                    cgan       | --loss=relativistic-average --strategy=ttur=2      | loss: relativistic-average; strategy: ttur:ratio=2          | discriminator/loss
                    dcgan      | --loss=least-squares --penalty=gp=10               | loss: "least-squares:; - "gp:weight=10,interval=1         | discriminator/gp
                    wgan       | --penalty=gp --strategy=alternating:critic=2       | - "gp:; strategy: "alternating:critic=2,fresh=false"      | discriminator/gp
                    wgan-gp    | --penalty=none --loss=hinge                        | penalties: []; loss: hinge                                | discriminator/loss
                    lsgan      | --strategy=extra-gradient --penalty=dragan         | strategy: extra-gradient; - "dragan:                      | discriminator/dragan
                    acgan      | --loss=hinge --penalty=r1=1 --penalty=r2=1         | - "r1:weight=1,interval=1"; - "r2:weight=1,interval=1"    | discriminator/r1; discriminator/r2
                    projection | --loss=relativistic --strategy=simultaneous        | loss: relativistic; strategy: simultaneous                | discriminator/loss
                    r3gan      | --loss=non-saturating --penalty=gp0=5              | loss: "non-saturating:; - "gp0:weight=5,interval=1"       | discriminator/gp0
                    pacgan     | --strategy=unrolled:steps=1,rate=0.001             | strategy: "unrolled:steps=1,rate=0.001"                   | generator/loss
                    infogan    | --penalty=lecam=0.3 --schedule=cosine=10           | - "lecam:weight=0.3; - "cosine:length=10,floor=0"         | discriminator/lecam
                    """)
    void should_train_with_other_parts_than_its_own(
            String variant, String options, String lines, String terms) throws IOException {
        Path run = temp.resolve("run");
        List<String> args =
                List.of("gan", "cgan").contains(variant)
                        ? perceptrons(variant, run)
                        : variant.equals("r3gan")
                                ? SmallRun.convolutional(
                                        variant, run, 2, "--set=groupSize=4", "--set=blocks=1")
                                : SmallRun.convolutional(variant, run, 2);
        InProcess.run(args, options.split(" ")).done();
        String config = Files.readString(run.resolve("config.yaml"));
        assertThat(config).contains(lines.split("; "));
        String metrics = Files.readString(run.resolve("metrics.jsonl"));
        for (String term : terms.split("; ")) {
            assertThat(metrics).contains("\"" + term + "\":");
        }
    }

    private static List<String> perceptrons(String variant, Path run) {
        List<String> args = new ArrayList<>(SmallRun.gan(run, 2));
        args.set(args.indexOf("gan"), variant);
        return args;
    }

    /** Which variants learn points of the plane; every other one says why it does not. */
    @Test
    void should_train_on_points_or_say_why_not() {
        Map<String, String> refused = new TreeMap<>();
        List<String> trained = new ArrayList<>();
        for (Variant<?> variant : ServiceLoader.load(Variant.class)) {
            String name = variant.getName();
            Outcome outcome =
                    InProcess.run(
                            "train",
                            name,
                            "--dataset=" + (trained.size() % 2 == 0 ? "ring" : "grid"),
                            "--steps=1",
                            "--batch-size=4",
                            "--out=" + temp.resolve(name));
            if (outcome.status() == 0) {
                trained.add(name);
                assertThat(temp.resolve(name).resolve("samples/step-000001.png")).exists();
            } else {
                refused.put(name, outcome.badInput());
                assertThat(temp.resolve(name)).doesNotExist();
            }
        }

        assertThat(trained)
                .containsExactlyInAnyOrder(
                        "gan", "dcgan", "dragan", "infogan", "lsgan", "pacgan", "r3gan", "sngan",
                        "wgan", "wgan-gp");
        assertThat(refused)
                .containsOnlyKeys("acgan", "cdcgan", "cgan", "cyclegan", "pix2pix", "projection");
        for (String conditional : List.of("acgan", "cdcgan", "cgan", "projection")) {
            assertThat(refused.get(conditional)).contains(conditional + " needs class labels");
        }
        assertThat(refused.get("cyclegan")).contains("domain");
        assertThat(refused.get("pix2pix")).contains("domain");
    }
}
