package io.github.gan4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.Augmentation.Scaling;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    @Test
    void should_be_none_by_default() {
        assertThat(DatasetOptions.defaults().getAugmentation())
                .isEqualTo(Augmentation.none())
                .isEqualTo(new Augmentation(Scaling.TO_SAMPLE_SIZE, 0, false));
    }

    @Test
    void should_be_kept_by_options() {
        Augmentation paper = Augmentation.resizeAndCrop(286).withMirrored(true);
        assertThat(paper).isEqualTo(new Augmentation(Scaling.TO_LOAD_SIZE, 286, true));
        DatasetOptions options =
                DatasetOptions.defaults().withAugmentation(paper).withSize(256).withChannels(3);
        assertThat(options.withTest(true).withStrict(true).getAugmentation()).isEqualTo(paper);
        assertThat(Augmentation.crop().scaling()).isEqualTo(Scaling.NONE);
    }

    @Test
    void should_fail_if_the_load_size_makes_no_sense() {
        assertThatThrownBy(() -> Augmentation.resizeAndCrop(3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Load size 3 is out of range: use a load size of 4 to 1024 pixels.");
        assertThatThrownBy(() -> new Augmentation(Scaling.NONE, 30, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Load size 30 has no meaning with scaling NONE: leave it 0.");
    }
}
