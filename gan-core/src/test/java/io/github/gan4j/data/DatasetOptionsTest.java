package io.github.gan4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import org.junit.jupiter.api.Test;

class DatasetOptionsTest {

    @Test
    void should_start_without_wishes() {
        DatasetOptions options = DatasetOptions.defaults();
        assertThat(options.getSize()).isEmpty();
        assertThat(options.getChannels()).isEmpty();
        assertThat(options.isStrict()).isFalse();
        assertThat(options.isTest()).isFalse();
        assertThat(options.getFit()).isEqualTo(DatasetOptions.Fit.CROP);
        assertThat(options.getBackground()).isEqualTo(0xFFFFFF);
        assertThat(options.getRepository()).isEmpty();
    }

    @Test
    void should_keep_each_wish() {
        DatasetOptions options =
                DatasetOptions.defaults()
                        .withSize(32)
                        .withChannels(3)
                        .withStrict(true)
                        .withTest(true)
                        .withFit(DatasetOptions.Fit.PAD)
                        .withBackground(0x102030)
                        .withRepository("repo");
        assertThat(options.getSize()).hasValue(32);
        assertThat(options.getChannels()).hasValue(3);
        assertThat(options.isStrict()).isTrue();
        assertThat(options.isTest()).isTrue();
        assertThat(options.getFit()).isEqualTo(DatasetOptions.Fit.PAD);
        assertThat(options.getBackground()).isEqualTo(0x102030);
        assertThat(options.getRepository()).hasValue("repo");
        assertThat(options.withSize(null).getSize()).isEmpty();
        assertThat(DatasetOptions.defaults().getSize()).isEmpty();
    }

    @Test
    void should_fail_if_size_is_out_of_range() {
        assertThatThrownBy(() -> DatasetOptions.defaults().withSize(3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Image size 3 is out of range: use a size of 4 to 1024 pixels.");
        assertThatThrownBy(() -> DatasetOptions.defaults().withSize(1025))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void should_fail_if_channels_are_neither_one_nor_three() {
        assertThatThrownBy(() -> DatasetOptions.defaults().withChannels(4))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("4 channels are not possible: use 1 for grey or 3 for colour.");
    }

    @Test
    void should_fail_if_background_is_no_colour() {
        assertThatThrownBy(() -> DatasetOptions.defaults().withBackground(0x1000000))
                .isInstanceOf(InvalidInputException.class);
    }
}
