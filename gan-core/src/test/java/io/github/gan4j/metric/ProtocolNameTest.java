package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolNameTest {

    @Test
    void should_name_protocols() {
        assertThat(ProtocolName.of(new FrechetDistance(), "fid", 10_000, "digits-v1"))
                .hasToString("fid10k-digits-v1");
        assertThat(ProtocolName.of(new KernelDistance(), "kid-std", 2048, "digits-v1"))
                .hasToString("kid-std2048-digits-v1");
        assertThat(ProtocolName.of(new PrecisionRecall(), "recall", 5000, "digits-v1"))
                .hasToString("recall5k-digits-v1-unit");
        assertThat(ProtocolName.of(new MultiScaleSsim(), "ms-ssim", 1500, "digits-v1"))
                .hasToString("ms-ssim1500-pixels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fid10k-digits-v1",
                "recall2048-fashion-v2-unit",
                "swd-patches-fine50k-pixels",
                "fid50k-inception-2015-12-05",
                "kid1-a.b_c"
            })
    void should_read_what_it_writes(String name) {
        assertThat(ProtocolName.parse(name)).hasToString(name);
    }

    @Test
    void should_read_the_parts() {
        assertThat(ProtocolName.parse("density10k-digits-v1-unit"))
                .isEqualTo(new ProtocolName("density", 10_000, "digits-v1", true));
        assertThat(ProtocolName.parse("fid10000-digits-v1"))
                .isEqualTo(ProtocolName.parse("fid10k-digits-v1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fid",
                "fid10k",
                "fid-digits-v1",
                "10k-digits",
                "fid10k-",
                "fid0-digits",
                "Fid10k-digits",
                "fid10k-digits v1",
                "fid999999999k-digits",
                "fid-10k-digits"
            })
    void should_refuse_what_is_no_name(String name) {
        assertThatThrownBy(() -> ProtocolName.parse(name))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void should_refuse_parts_that_could_not_be_read_back() {
        assertThatThrownBy(() -> new ProtocolName("fid", 10, "digits-unit", false))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new ProtocolName("f1", 10, "digits-v1", false))
                .isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kid10k-digits-v1",
                "fid5k-digits-v1",
                "fid10k-digits-v2",
                "fid10k-digits-v1-unit"
            })
    void should_refuse_to_compare_numbers_of_different_protocols(String other) {
        ProtocolName name = ProtocolName.parse("fid10k-digits-v1");

        name.requireSame(ProtocolName.parse("fid10k-digits-v1"));
        assertThatThrownBy(() -> name.requireSame(ProtocolName.parse(other)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(other);
    }
}
