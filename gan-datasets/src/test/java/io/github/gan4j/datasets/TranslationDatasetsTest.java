package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.TranslationDataset;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationDatasetsTest {

    private static final DatasetOptions OPTIONS = DatasetOptions.defaults();

    @TempDir Path folder;

    @Test
    void should_open_folders_as_wished() throws IOException {
        for (String name : new String[] {"trainA/x.png", "trainB/x.png"}) {
            TestImages.write(folder.resolve(name), TestImages.noise(8, 8));
        }
        assertThat(open(folder.toString(), true)).isInstanceOf(PairedImages.class);
        assertThat(open(folder.toString(), false)).isInstanceOf(UnpairedImages.class);
    }

    @Test
    void should_open_names_as_wished() throws IOException {
        assertThat(open("sketch", true).isPaired()).isTrue();
        TranslationDataset unpaired = open("sketch", false);
        assertThat(unpaired.isPaired()).isFalse();
        assertThat(unpaired.size()).isEqualTo(1392);
        assertThat(unpaired.getTest().orElseThrow().isPaired()).isTrue();
        assertThat(open("emoji", false).isPaired()).isFalse();
    }

    @Test
    void should_fail_if_there_are_no_pairs() {
        assertThatThrownBy(() -> open("emoji", true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Data set 'emoji' holds no pairs to train on: use sketch, or a folder of"
                                + " pairs, or train without pairs.");
    }

    @Test
    void should_fail_if_there_is_one_domain_only() {
        assertThatThrownBy(() -> open("digits", false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Data set 'digits' has one domain, but translation needs two: use emoji,"
                                + " sketch, tones, or a folder with trainA and trainB.");
    }

    @Test
    void should_fail_if_there_is_no_such_set() {
        assertThatThrownBy(() -> open("emojo", false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean 'emoji'?");
    }

    private static TranslationDataset open(String source, boolean paired) throws IOException {
        return TranslationDatasets.open(source, paired, OPTIONS);
    }
}
