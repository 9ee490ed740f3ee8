package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentTest {

    @TempDir static Path shared;

    @BeforeAll
    static void train() {
        InProcess.run(SmallRun.gan(shared.resolve("gan"), 2)).done();
        List<String> limited =
                SmallRun.convolutional("cdcgan", shared.resolve("run"), 2, "--limit", "40");
        InProcess.run(limited).done();
        Path others = shared.resolve("others");
        InProcess.run("generate", shared.resolve("run").toString(), "--count=50", "--out=" + others)
                .done();
        List<String> folder =
                SmallRun.convolutional(
                        "cdcgan", shared.resolve("own"), 2, "--dataset", others.toString());
        InProcess.run(folder).done();
    }

    private static Outcome augment(String run, String... more) {
        return InProcess.run(List.of("augment", shared.resolve(run).toString()), more);
    }

    @Test
    void should_train_one_classifier_on_each_diet() throws IOException {
        Outcome outcome =
                augment(
                                "run",
                                "--generated=30",
                                "--updates=2",
                                "--repeats=2",
                                "--test=" + shared.resolve("others"))
                        .done();
        assertThat(outcome.out())
                .startsWith(
                        shared.resolve("run")
                                + ": 40 real samples, 30 generated; tested on 50 others of others\n")
                .containsPattern("real +[0-9.]+ % \\+/- [0-9.]+\n")
                .containsPattern("real, shifted +[0-9.]+ %")
                .containsPattern("generated +[0-9.]+ %")
                .containsPattern("real and generated, shifted +[0-9.]+ %");
        JsonNode tree =
                new ObjectMapper().readTree(shared.resolve("run/augmentation.json").toFile());
        assertThat(tree.get("accuracy")).hasSize(5);
        assertThat(tree.get("accuracy").get("generated")).hasSize(2);
        for (JsonNode share : tree.get("accuracy").get("real")) {
            assertThat(share.doubleValue()).isBetween(0.0, 0.5);
        }
    }

    @Test
    void should_say_what_is_missing() throws IOException {
        assertThat(augment("gan").badInput())
                .isEqualTo(
                        "gan4j: The run '%s' does not draw the class asked for, and a classifier needs classes; train cdcgan, acgan, projection or cgan."
                                .formatted(shared.resolve("gan")));
        assertThat(augment("run", "--test", "ring").badInput())
                .isEqualTo(
                        "gan4j: 'ring' has the classes [], the run has [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]; test on the same.");
        assertThat(augment("own").badInput())
                .isEqualTo(
                        "gan4j: '%s' has no test samples of its own; give a folder of others, with the same sub-folders, as --test DIR."
                                .formatted(shared.resolve("others")));
        assertThat(augment("run", "--updates", "0").badInput())
                .isEqualTo("gan4j: --updates is 0; it must be 1 or more.");
        assertThat(augment("run", "--generated", "1").badInput())
                .isEqualTo("gan4j: --generated is 1; it must be 2 or more.");
        assertThat(Files.exists(shared.resolve("gan/augmentation.json"))).isFalse();
    }
}
