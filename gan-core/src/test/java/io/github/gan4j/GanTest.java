package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.loss.NonSaturatingLoss;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.penalty.ConsistencyPenalty;
import io.github.gan4j.penalty.WeightClipping;
import io.github.gan4j.strategy.AlternatingStrategy;
import io.github.gan4j.strategy.SimultaneousStrategy;
import io.github.gan4j.strategy.UnrolledStrategy;
import java.util.List;
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

    /** Also a game made of players has objectives that say what they are made of. */
    @Test
    void should_check_the_parts_of_any_game() {
        Player critic =
                Player.builder()
                        .setName("critic")
                        .setRole(Player.Role.DISCRIMINATOR)
                        .addNetwork("critic", TinyGames.discriminator())
                        .setObjective(
                                Objective.sum(
                                        List.of(
                                                judging(TinyGames.discriminator()),
                                                judging(
                                                        TinyGames.discriminator(),
                                                        new WeightClipping()))))
                        .setOptimizer(Adam.builder().build())
                        .build();
        Player artist = player("artist", "network");

        Gan gan = Gan.ofPlayers(new SimultaneousStrategy(), critic, artist);
        assertThat(gan.getComponents())
                .containsExactly(new NonSaturatingLoss(), new WeightClipping());
        assertThat(gan.getPenalties()).containsExactly(new WeightClipping());
        assertThatThrownBy(() -> Gan.ofPlayers(new UnrolledStrategy(), critic, artist))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "The strategy unrolled cannot look through the constraint clip");
    }

    private static Objective judging(Discriminator discriminator, Penalty... penalties) {
        return DiscriminatorObjective.builder()
                .setDiscriminator(discriminator)
                .setLoss(new NonSaturatingLoss())
                .addPenalties(List.of(penalties))
                .build();
    }

    @Test
    void should_refuse_a_discriminator_that_a_penalty_is_not_for() {
        Penalty penalty = new ConsistencyPenalty();
        Shape picture = new Shape(1, 8, 8);

        assertThatThrownBy(() -> judging(TinyGames.discriminator(), penalty))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but samples are (3); use another penalty");
        assertThatThrownBy(() -> judging(scoring(new Shape(1, 4, 8)), penalty))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is 4, but images are 4 pixels wide or high; choose less.");
        assertThatThrownBy(() -> judging(scoring(picture, new Shape(3, 8, 8)), penalty))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The penalty consistency moves a picture, but not the other one that the"
                                + " discriminator compares it with; use another penalty, for"
                                + " instance r1.");
        assertThat(judging(scoring(picture, new Shape()), penalty).getComponents())
                .as("a label stays the same")
                .contains(penalty);
    }

    private static Discriminator scoring(Shape sample, Shape... conditions) {
        return Discriminator.of(TinyGames.perceptron(1), sample, conditions);
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
