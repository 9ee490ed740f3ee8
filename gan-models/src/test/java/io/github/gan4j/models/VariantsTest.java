package io.github.gan4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Gan;
import io.github.gan4j.Player;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.models.dcgan.Dcgan;
import io.github.gan4j.models.vanilla.VanillaGan;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class VariantsTest {

    private static final SampleSpec DIGITS = new SampleSpec(new Shape(1, 28, 28), 10);

    @Test
    void should_be_found_by_name() {
        List<String> names = new ArrayList<>();
        for (Variant<?> variant : ServiceLoader.load(Variant.class)) {
            names.add(variant.getName());
        }

        assertThat(names).containsExactlyInAnyOrder("gan", "dcgan");
        assertThat(new VanillaGan().getName()).isEqualTo("gan");
        assertThat(new Dcgan().getName()).isEqualTo("dcgan");
    }

    @Test
    void should_tell_authors_and_year() {
        assertThat(new VanillaGan().getSummary()).contains("Goodfellow et al. 2014");
        assertThat(new Dcgan().getSummary()).contains("Radford et al. 2015");
    }

    @Test
    void should_build_a_game_of_their_defaults() {
        for (Variant<?> variant : ServiceLoader.load(Variant.class)) {
            Gan gan = build(variant);

            assertThat(gan.getPlayers(Player.Role.DISCRIMINATOR)).hasSize(1);
            assertThat(gan.getPlayers(Player.Role.GENERATOR)).hasSize(1);
            assertThat(gan.getDiscriminator().getSampleShape()).isEqualTo(new Shape(1, 28, 28));
            assertThat(gan.getGenerator().getBlock().isInitialized()).isFalse();
        }
    }

    private static <S> Gan build(Variant<S> variant) {
        return variant.build(variant.newSettings(DIGITS), DIGITS);
    }
}
