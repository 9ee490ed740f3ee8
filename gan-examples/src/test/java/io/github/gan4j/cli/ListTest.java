package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListTest {

    @Test
    void should_name_variants_and_data_sets() {
        Outcome outcome = InProcess.run("list").done();
        assertThat(outcome.out())
                .containsPattern("(?m)^  gan +Goodfellow et al. 2014")
                .containsPattern("(?m)^  dcgan +Radford et al. 2015")
                .containsPattern("(?m)^  digits +10,000 handwritten digits")
                .containsPattern("(?m)^  mnist +.*downloads 11 MB")
                .containsPattern("(?m)^  fashion-mnist +.*downloads 30 MB")
                .containsPattern("(?m)^  ring +100,000 points of 8 Gaussians")
                .containsPattern("(?m)^  grid +100,000 points of 25 Gaussians")
                .containsPattern("(?m)^  stacked-digits +.*1000 classes; comes with the program")
                .containsPattern("(?m)^  stacked-mnist +.*downloads 11 MB")
                .containsPattern("(?m)^  <folder> +")
                .containsPattern("(?m)^  r3gan +Huang et al. 2024")
                .containsPattern("(?m)^  hinge +Lim and Ye 2017: no reward beyond the margin$")
                .containsPattern("(?m)^  r1 +Mescheder .*  :weight=10,interval=1$")
                .containsPattern("(?m)^  alternating +Goodfellow .*  :critic=1,fresh=false$")
                .containsPattern("(?m)^  cosine +Loshchilov .*  :length=10000,floor=0$");
    }

    @Test
    void should_show_the_settings_of_a_variant() {
        assertThat(InProcess.run("list", "dcgan").done().out())
                .containsPattern("(?m)^  latentSize +32$")
                .containsPattern("(?m)^  generatorFilters +48$")
                .containsPattern("(?m)^  generatorLearningRate +0.004$");
    }

    @Test
    void should_start_quickly() {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            OwnProcess.run(List.of("list")).done();
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(best / 1e9).isLessThan(2);
    }

    @Test
    void should_show_how_it_is_used() {
        assertThat(InProcess.run().done().out())
                .contains("Usage: gan4j", "train", "resume", "list");
        assertThat(InProcess.run("train", "--help").done().out()).contains("--batch-size=N");
        for (String command : List.of("evaluate", "augment")) {
            String help = InProcess.run(command, "--help").done().out();
            assertThat(help.replaceAll("\\s+", " ")).contains("as JSON, written over (default: ");
        }
        assertThat(InProcess.run("--version").done().out()).startsWith("gan4j ");
    }
}
