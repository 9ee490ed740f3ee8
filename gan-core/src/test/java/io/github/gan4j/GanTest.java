package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.strategy.AlternatingStrategy;
import io.github.gan4j.strategy.SimultaneousStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GanTest {

    @Test
    void should_make_two_players_of_a_generator_and_a_discriminator() {
        Generator generator = TinyGames.generator();
        Discriminator discriminator = TinyGames.discriminator();

        Gan gan =
                Gan.builder()
                        .setGenerator(generator)
                        .setDiscriminator(discriminator)
                        .optMovingAverage(0.9)
                        .build();

        assertThat(gan.getPlayers())
                .extracting(Player::getName)
                .containsExactly("discriminator", "generator");
        assertThat(gan.getPlayers(Player.Role.GENERATOR)).hasSize(1);
        assertThat(gan.getNetworks())
                .containsEntry("generator", generator)
                .containsEntry("discriminator", discriminator)
                .hasSize(2);
        assertThat(gan.getPlayers()).extracting(Player::getMovingAverage).containsExactly(0.0, 0.9);
        assertThat(gan.getStrategy()).isInstanceOf(AlternatingStrategy.class);
        assertThat(gan.isConditional()).isFalse();
    }

    @Test
    void should_name_what_is_missing() {
        Gan.Builder noGenerator = Gan.builder().setDiscriminator(TinyGames.discriminator());
        Gan.Builder noDiscriminator = Gan.builder().setGenerator(TinyGames.generator());

        assertThatThrownBy(noGenerator::build)
                .hasMessage("A GAN needs a generator: setGenerator(..)");
        assertThatThrownBy(noDiscriminator::build)
                .hasMessage("A GAN needs a discriminator: setDiscriminator(..)");
    }

    @Test
    void should_refuse_two_networks_of_one_name() {
        Player one = player("one", "network");
        Player two = player("two", "network");

        assertThatThrownBy(() -> Gan.ofPlayers(new SimultaneousStrategy(), one, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two networks are called network; give each a name of its own.");
    }

    @Test
    void should_refuse_a_player_without_a_network() {
        Player.Builder builder =
                Player.builder()
                        .setName("idle")
                        .setRole(Player.Role.GENERATOR)
                        .setObjective(round -> new Terms())
                        .setOptimizer(Adam.builder().build());

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Player idle has no network; add one.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
    void should_refuse_a_moving_average_out_of_range(double decay) {
        Gan.Builder builder = TinyGames.game().optMovingAverage(decay);

        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The decay of the moving average is "
                                + decay
                                + "; choose 0 (none) or a value below 1, for instance 0.999.");
    }

    @Test
    void should_know_shapes() {
        Generator generator =
                Generator.of(TinyGames.perceptron(3), new Shape(100), new Shape(), new Shape(4));

        assertThat(generator.getLatentShape()).isEqualTo(new Shape(100));
        assertThat(generator.getInputShapes())
                .containsExactly(new Shape(100), new Shape(), new Shape(4));
        assertThat(TinyGames.discriminator().getSampleShape()).isEqualTo(new Shape(3));
    }

    private static Player player(String name, String network) {
        return Player.builder()
                .setName(name)
                .setRole(Player.Role.GENERATOR)
                .addNetwork(network, TinyGames.generator())
                .setObjective(round -> new Terms())
                .setOptimizer(Adam.builder().build())
                .build();
    }
}
