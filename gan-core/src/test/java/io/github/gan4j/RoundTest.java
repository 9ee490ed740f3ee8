package io.github.gan4j;

import static io.github.gan4j.TestSupport.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.TorchException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundTest {

    private final NDManager manager = TestSupport.newManager();
    private int forwards;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_give_constants_to_the_discriminator_and_a_graph_to_the_generator() {
        for (boolean shared : new boolean[] {true, false}) {
            play(
                    shared,
                    round -> {
                        NDArray constant = round.detachedFake();
                        assertThatThrownBy(() -> slope(round, constant))
                                .isInstanceOf(TorchException.class)
                                .hasMessageStartingWith("The scalar depends on no array");
                        NDArray fake = round.fake();
                        assertThat(bytes(fake)).isEqualTo(bytes(constant));
                        assertThat(slope(round, fake).abs().sum().getFloat()).isPositive();
                    });
        }
    }

    @Test
    void should_generate_once_for_both_if_shared() {
        play(
                true,
                round -> {
                    round.detachedFake();
                    round.fake();
                    round.detachedFake();
                });
        assertThat(forwards).isEqualTo(1);
    }

    @Test
    void should_generate_once_more_if_not_shared() {
        play(
                false,
                round -> {
                    round.detachedFake();
                    round.detachedFake();
                    round.fake();
                });
        assertThat(forwards).isEqualTo(2);
    }

    @Test
    void should_generate_anew_once_the_graph_is_spent() {
        play(
                true,
                round -> {
                    NDArray before = round.fake();
                    round.spendGraphs();
                    assertThat(bytes(round.detachedFake())).isEqualTo(bytes(before));
                    assertThat(forwards).isEqualTo(1);
                    assertThat(slope(round, round.fake()).abs().sum().getFloat()).isPositive();
                    assertThat(forwards).isEqualTo(2);
                });
    }

    @Test
    void should_draw_latents_once() {
        play(
                true,
                round -> {
                    assertThat(round.getLatents()).isSameAs(round.getLatents());
                    assertThat(round.getLatents().getShape()).isEqualTo(new Shape(4, 2));
                    assertThat(round.getLatents().getManager()).isSameAs(round.getManager());
                });
    }

    @Test
    void should_have_no_conditions_unless_the_game_has() {
        play(
                true,
                round -> {
                    assertThat(round.getBatch().getLabels()).hasSize(1);
                    assertThat(round.getConditions()).isEmpty();
                });
    }

    @Test
    void should_generate_with_the_weights_of_an_imagined_generator() {
        playGame(
                true,
                (game, round) -> {
                    NDArray real = round.fake();
                    Player player = game.getGan().getPlayers(Player.Role.GENERATOR).get(0);
                    NDList imagined = twice(game.getWeights(player));
                    Round future = game.imagine(round, player, imagined);

                    assertThat(bytes(future.getLatents())).isEqualTo(bytes(round.getLatents()));
                    assertThat(bytes(future.getReal())).isEqualTo(bytes(round.getReal()));
                    for (NDArray fake : List.of(future.fake(), future.detachedFake())) {
                        TestSupport.assertClose(
                                "twice the weights", fake, Operators.scale(real, 2), 1e-6);
                    }
                    NDArray slope =
                            Autograd.gradients(
                                            round.getManager(),
                                            future.detachedFake().sum(),
                                            new NDList(imagined.get(0)))
                                    .head();
                    assertThat(slope.abs().sum().getFloat()).isPositive();
                    assertThat(round.fake()).isSameAs(real);
                    assertThat(slope(round, real).abs().sum().getFloat()).isPositive();
                });
    }

    @Test
    void should_keep_what_is_generated_where_a_discriminator_is_imagined() {
        playGame(
                true,
                (game, round) -> {
                    Player player = game.getGan().getPlayers(Player.Role.DISCRIMINATOR).get(0);
                    Round future = game.imagine(round, player, twice(game.getWeights(player)));

                    assertThat(future.detachedFake()).isSameAs(round.fake());
                    assertThat(forwards).isEqualTo(1);
                });
    }

    private static NDList twice(NDList weights) {
        NDList doubled = new NDList();
        weights.forEach(
                weight -> {
                    NDArray more = Operators.scale(weight.stopGradient(), 2);
                    more.setRequiresGradient(true);
                    doubled.add(more);
                });
        return doubled;
    }

    /** The gradient of the sum of an array by the generator's weight. */
    private NDArray slope(Round round, NDArray array) {
        NDArray weight = generator.getBlock().getParameters().valueAt(0).getArray();
        return Autograd.gradients(round.getManager(), array.sum(), new NDList(weight)).get(0);
    }

    private Generator generator;

    private void play(boolean shared, Consumer<Round> look) {
        playGame(shared, (game, round) -> look.accept(round));
    }

    private void playGame(boolean shared, BiConsumer<Game, Round> look) {
        forwards = 0;
        LambdaBlock counter =
                new LambdaBlock(
                        list -> {
                            forwards++;
                            return list;
                        });
        generator =
                Generator.of(
                        new SequentialBlock().add(TinyGames.linear(3)).add(counter), new Shape(2));
        Gan gan =
                Gan.builder()
                        .setGenerator(generator)
                        .setDiscriminator(TinyGames.discriminator())
                        .build();
        try (GanTrainer trainer =
                TinyGames.trainer(gan, TinyGames.labelledData(manager, 8, 3))
                        .optStrategy(
                                game -> {
                                    forwards = 0; // what initialisation counted
                                    try (GradMode recording = GradMode.on()) {
                                        look.accept(game, game.nextRound(shared));
                                    }
                                })
                        .build()) {
            trainer.train(1);
        }
    }
}
