package io.github.gan4j;

import static io.github.gan4j.TestSupport.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.loss.LeastSquaresLoss;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.strategy.AlternatingStrategy;
import io.github.gan4j.strategy.SimultaneousStrategy;
import io.github.gan4j.torch.Operators;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A CycleGAN in miniature: two generators against two discriminators, two players. */
class PlayersTest {

    private static final Shape POINT = new Shape(3);

    private final NDManager manager = TestSupport.newManager();
    private final Generator there = Generator.of(TinyGames.perceptron(3), POINT);
    private final Generator back = Generator.of(TinyGames.perceptron(3), POINT);
    private final Discriminator judgeThere = TinyGames.discriminator();
    private final Discriminator judgeBack = TinyGames.discriminator();
    private final Loss loss = new LeastSquaresLoss();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_train_two_generators_and_two_discriminators() {
        Gan gan = cycleGame(new AlternatingStrategy());
        assertThat(gan.getGenerator()).isNull();
        assertThat(gan.getNetworks()).hasSize(4);
        List<StepReport> reports = new ArrayList<>();
        try (GanTrainer trainer = trainer(gan, reports)) {
            Map<String, ByteBuffer> before = bytes(trainer.getArrays());
            trainer.train(200);
            Map<String, ByteBuffer> after = bytes(trainer.getArrays());

            for (String network : List.of("there", "back", "judge there", "judge back")) {
                String weight = "weights/" + network + "/01Linear_weight";
                assertThat(after.get(weight)).as(weight).isNotEqualTo(before.get(weight));
            }
            assertThat(after)
                    .containsKeys(
                            "optimizer/translators/first_moment/7",
                            "optimizer/judges/second_moment/7",
                            "average/back/03Linear_bias")
                    .doesNotContainKey("average/judge back/03Linear_bias");
        }

        assertThat(reports.get(0).values().keySet())
                .containsExactly(
                        "judges/there",
                        "judges/back",
                        "translators/there",
                        "translators/back",
                        "translators/cycle");
        float first = reports.get(0).values().get("translators/cycle");
        float last = reports.get(199).values().get("translators/cycle");
        assertThat(last).as("the way there and back").isLessThan(first / 2);
    }

    @Test
    void should_move_only_the_networks_of_the_player() {
        Gan gan =
                cycleGame(
                        game ->
                                game.update(
                                        game.getGan().getPlayers(Player.Role.GENERATOR).get(0),
                                        game.nextRound(false)));
        try (GanTrainer trainer = trainer(gan, new ArrayList<>())) {
            Map<String, ByteBuffer> before = bytes(trainer.getArrays());
            trainer.train(1);
            Map<String, ByteBuffer> after = bytes(trainer.getArrays());

            before.forEach(
                    (name, array) -> {
                        boolean moved = !array.equals(after.get(name));
                        boolean judge = name.contains("/judge");
                        assertThat(moved).as(name).isEqualTo(!judge);
                    });
        }
    }

    /** Two generators that are players of their own: each frees the graph, the other needs one. */
    @Test
    void should_let_two_generators_of_one_round_move_one_after_the_other() {
        Generator one = Generator.of(TinyGames.perceptron(3), POINT);
        Generator two = Generator.of(TinyGames.perceptron(3), POINT);
        Objective both =
                round -> {
                    NDArray a = round.generated("a", () -> run(round, one, round.getReal()));
                    NDArray b = round.generated("b", () -> run(round, two, a));
                    return new Terms().add("loss", b.square().mean());
                };
        for (TrainingStrategy strategy :
                List.of(new AlternatingStrategy(), new SimultaneousStrategy())) {
            Gan gan =
                    Gan.ofPlayers(
                            strategy, generator("one", one, both), generator("two", two, both));
            try (GanTrainer trainer = trainer(gan, new ArrayList<>())) {
                trainer.train(3);
                assertThat(trainer.getCounters())
                        .containsEntry("updates/one", 3L)
                        .containsEntry("updates/two", 3L);
            }
        }
    }

    private static Player generator(String name, Generator network, Objective objective) {
        return Player.builder()
                .setName(name)
                .setRole(Player.Role.GENERATOR)
                .addNetwork(name, network)
                .setObjective(objective)
                .setOptimizer(TinyGames.descent(0.1f))
                .build();
    }

    private Gan cycleGame(TrainingStrategy strategy) {
        Player judges =
                Player.builder()
                        .setName("judges")
                        .setRole(Player.Role.DISCRIMINATOR)
                        .addNetwork("judge there", judgeThere)
                        .addNetwork("judge back", judgeBack)
                        .setObjective(this::judge)
                        .setOptimizer(Adam.builder().optLearningRate(0.005).build())
                        .build();
        Player translators =
                Player.builder()
                        .setName("translators")
                        .setRole(Player.Role.GENERATOR)
                        .addNetwork("there", there)
                        .addNetwork("back", back)
                        .setObjective(this::translate)
                        .setOptimizer(Adam.builder().optLearningRate(0.005).build())
                        .optMovingAverage(0.9)
                        .build();
        return Gan.ofPlayers(strategy, judges, translators);
    }

    private Terms judge(Round round) {
        NDArray a = round.getReal();
        NDArray b = a.neg().add(0.5f);
        NDArray fakeB = round.detached("b", () -> run(round, there, a));
        NDArray fakeA = round.detached("a", () -> run(round, back, b));
        return new Terms()
                .add(
                        "there",
                        loss.discriminatorLoss(
                                round.score(judgeThere, b), round.score(judgeThere, fakeB)))
                .add(
                        "back",
                        loss.discriminatorLoss(
                                round.score(judgeBack, a), round.score(judgeBack, fakeA)));
    }

    private Terms translate(Round round) {
        NDArray a = round.getReal();
        NDArray b = a.neg().add(0.5f);
        NDArray fakeB = round.generated("b", () -> run(round, there, a));
        NDArray fakeA = round.generated("a", () -> run(round, back, b));
        NDArray cycle = run(round, back, fakeB).sub(a).abs().mean();
        NDArray other = run(round, there, fakeA).sub(b).abs().mean();
        return new Terms()
                .add("there", loss.generatorLoss(null, round.score(judgeThere, fakeB)))
                .add("back", loss.generatorLoss(null, round.score(judgeBack, fakeA)))
                .add("cycle", Operators.scale(cycle.add(other), 10));
    }

    private static NDArray run(Round round, Generator generator, NDArray input) {
        return generator.samples(round.forward(generator, new NDList(input)));
    }

    private GanTrainer trainer(Gan gan, List<StepReport> reports) {
        return TinyGames.trainer(gan, TinyGames.data(manager, 24, 3))
                .addListener(TrainingListener.ofReports(reports::add))
                .build();
    }
}
