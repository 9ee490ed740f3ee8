package io.github.gan4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.github.gan4j.Critic;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Game;
import io.github.gan4j.Generator;
import io.github.gan4j.Loss;
import io.github.gan4j.Penalty;
import io.github.gan4j.Player;
import io.github.gan4j.Round;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.torch.Autograd;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whatever breaks a rule is told so, in one line that names the rule and the way out. */
class BrokenRulesTest {

    /** A test of the kit. */
    private interface Rule<C> {
        void check(C contract) throws Exception;
    }

    private static <C extends Contract> String broken(C contract, Rule<C> rule) {
        contract.openManager();
        try {
            Throwable thrown = catchThrowable(() -> rule.check(contract));
            assertThat(thrown).isInstanceOf(AssertionError.class);
            assertThat(thrown.getMessage().lines()).hasSize(1);
            return thrown.getMessage();
        } finally {
            contract.closeManager();
        }
    }

    private static <C extends Contract> void kept(C contract, Rule<C> rule) {
        contract.openManager();
        try {
            assertThatCode(() -> rule.check(contract)).doesNotThrowAnyException();
        } finally {
            contract.closeManager();
        }
    }

    private static LossContract loss(
            BinaryOperator<NDArray> discriminator, UnaryOperator<NDArray> generator) {
        class Odd implements Loss {
            @Override
            public NDArray discriminatorLoss(NDArray real, NDArray fake) {
                return discriminator.apply(real, fake);
            }

            @Override
            public NDArray generatorLoss(NDArray real, NDArray fake) {
                return generator.apply(real == null ? fake : real.add(fake));
            }
        }
        return new LossContract() {
            @Override
            protected Loss newLoss() {
                return new Odd();
            }
        };
    }

    private static LossContract discriminatorLoss(BinaryOperator<NDArray> loss) {
        return loss(loss, fake -> fake.mean().neg());
    }

    private static NDArray wasserstein(NDArray real, NDArray fake) {
        return fake.mean().sub(real.mean());
    }

    @Test
    void should_tell_of_a_loss_that_is_no_scalar() {
        assertThat(
                        broken(
                                discriminatorLoss((real, fake) -> fake.sub(real)),
                                LossContract::should_be_a_scalar_for_scores_of_any_shape))
                .isEqualTo(
                        "Odd breaks a rule: a loss is a scalar. But discriminatorLoss returned shape"
                                + " (4, 1) for scores (4, 1). Take the mean() over all scores.");
    }

    @Test
    void should_tell_of_a_loss_that_takes_one_shape_only() {
        assertThat(
                        broken(
                                discriminatorLoss(
                                        (real, fake) -> fake.sub(real).mean(new int[] {1}).mean()),
                                LossContract::should_be_a_scalar_for_scores_of_any_shape))
                .contains("Odd breaks a rule: a loss takes scores of any shape")
                .contains("it threw ");
    }

    @Test
    void should_tell_of_a_loss_that_is_a_sum() {
        assertThat(
                        broken(
                                discriminatorLoss((real, fake) -> fake.sub(real).sum()),
                                LossContract::should_be_a_mean_over_all_scores))
                .contains("a loss is a mean over all scores")
                .endsWith("Take mean() in place of sum().");
    }

    @Test
    void should_tell_of_a_gradient_that_is_lost() {
        Rule<LossContract> rule =
                LossContract::should_have_gradients_that_agree_with_finite_differences;
        assertThat(
                        broken(
                                discriminatorLoss(
                                        (real, fake) -> wasserstein(real.stopGradient(), fake)),
                                rule))
                .contains("the gradients of a loss are those of its value")
                .contains("by the score of a real sample is 0.0, and a difference of values -0.33");
        assertThat(
                        broken(
                                discriminatorLoss(
                                        (real, fake) ->
                                                real.getManager()
                                                        .create(
                                                                wasserstein(real, fake)
                                                                        .getFloat())),
                                rule))
                .contains("gradients flow through a loss");
    }

    @Test
    void should_tell_of_a_loss_that_overflows() {
        assertThat(
                        broken(
                                discriminatorLoss(
                                        (real, fake) ->
                                                Activation.sigmoid(real)
                                                        .log()
                                                        .mean()
                                                        .neg()
                                                        .add(fake.mean())),
                                LossContract::should_stay_finite_at_large_scores))
                .contains("discriminatorLoss is Infinity")
                .contains("Write log(sigmoid(x)) as -softplus(-x)");
    }

    @Test
    void should_tell_of_a_loss_that_wants_the_wrong_thing() {
        Rule<LossContract> rule = LossContract::should_reward_each_player_for_its_own_aim;
        assertThat(broken(discriminatorLoss((real, fake) -> wasserstein(fake, real)), rule))
                .contains("the discriminator wants real samples to score higher");
        assertThat(broken(loss(BrokenRulesTest::wasserstein, NDArray::mean), rule))
                .contains("the generator wants its samples to score higher");
    }

    @Test
    void should_tell_of_a_loss_that_remembers() {
        float[] mean = new float[1];
        assertThat(
                        broken(
                                discriminatorLoss(
                                        (real, fake) -> {
                                            mean[0] += 1;
                                            return wasserstein(real, fake).add(mean[0]);
                                        }),
                                LossContract::should_give_the_same_result_for_the_same_scores))
                .contains("a loss is a pure function of the scores")
                .contains("Keep nothing in fields");
    }

    @Test
    void should_tell_of_a_loss_that_changes_the_scores() {
        assertThat(
                        broken(
                                discriminatorLoss(
                                        (real, fake) -> fake.subi(fake).add(real).mean().neg()),
                                LossContract::should_give_the_same_result_for_the_same_scores))
                .contains("a loss leaves the scores alone");
    }

    @Test
    void should_tell_of_a_loss_that_reads_what_it_is_not_given() {
        LossContract contract = loss(BrokenRulesTest::wasserstein, fake -> fake.mean().neg());
        kept(contract, LossContract::should_be_a_scalar_for_scores_of_any_shape);
        LossContract reads =
                new LossContract() {
                    @Override
                    protected Loss newLoss() {
                        return new Loss() {
                            @Override
                            public NDArray discriminatorLoss(NDArray real, NDArray fake) {
                                return wasserstein(real, fake);
                            }

                            @Override
                            public NDArray generatorLoss(NDArray real, NDArray fake) {
                                return wasserstein(fake, real);
                            }
                        };
                    }
                };
        assertThat(broken(reads, LossContract::should_be_a_scalar_for_scores_of_any_shape))
                .contains("override comparesScores()");
    }

    private static PenaltyContract penalty(Penalty penalty) {
        return new PenaltyContract() {
            @Override
            protected Penalty newPenalty() {
                return penalty;
            }
        };
    }

    /** The mistake of many: the value is right, and no gradient of it reaches the critic. */
    private record Blind() implements Penalty {
        @Override
        public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
            NDArray points = real.stopGradient();
            points.setRequiresGradient(true);
            NDArray scores = critic.score(points);
            NDArray slope =
                    Autograd.gradients(real.getManager(), scores.sum(), new NDList(points)).get(0);
            return slope.square().mean().add(critic.score(real).square().mean());
        }
    }

    private record Remembering(float[] before) implements Penalty {
        @Override
        public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
            NDArray mean = critic.score(real).mean();
            NDArray value = mean.sub(before[0]).square();
            before[0] = mean.getFloat();
            return value;
        }
    }

    private record Silent() implements Penalty {
        @Override
        public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
            return null;
        }

        @Override
        public void constrain(NDList weights) {
            weights.forEach(w -> w.subi(w.mul(0.5f)));
        }
    }

    @Test
    void should_tell_of_a_penalty_that_does_not_reach_the_critic() {
        assertThat(
                        broken(
                                penalty(new Blind()),
                                PenaltyContract
                                        ::should_reach_the_weights_with_gradients_that_agree_with_finite_differences))
                .contains("the gradient of a penalty is that of its value")
                .contains("a difference of values");
    }

    @Test
    void should_tell_of_a_penalty_that_remembers_by_itself() {
        assertThat(
                        broken(
                                penalty(new Remembering(new float[1])),
                                PenaltyContract::should_give_the_same_result_for_the_same_samples))
                .contains("a penalty is a pure function of critic, samples and memory")
                .contains("critic.getMemory().put(..)");
    }

    @Test
    void should_tell_of_a_constraint_that_does_not_say_so() {
        assertThat(broken(penalty(new Silent()), PenaltyContract::should_do_something))
                .contains("a penalty is a term or a constraint");
        assertThat(
                        broken(
                                penalty(new Silent()),
                                PenaltyContract::should_constrain_weights_only_if_it_says_so))
                .contains("isConstraint() tells whether constrain(..) does anything");
    }

    private static StrategyContract strategy(TrainingStrategy strategy) {
        return new StrategyContract() {
            @Override
            protected TrainingStrategy newStrategy() {
                return strategy;
            }
        };
    }

    private static void move(Game game, Round round, Player.Role role) {
        game.getGan().getPlayers(role).forEach(player -> game.update(player, round));
    }

    @Test
    void should_tell_of_a_strategy_that_forgets_a_player() {
        TrainingStrategy lazy =
                game -> move(game, game.nextRound(false), Player.Role.DISCRIMINATOR);
        assertThat(
                        broken(
                                strategy(lazy),
                                StrategyContract::should_move_the_generator_once_in_each_step))
                .contains("in step 1 the generator moved 0 times");
        TrainingStrategy alone = game -> move(game, game.nextRound(true), Player.Role.GENERATOR);
        assertThat(broken(strategy(alone), StrategyContract::should_move_the_discriminator))
                .contains("in 12 steps it did not");
    }

    @Test
    void should_tell_of_a_strategy_that_counts_by_itself() {
        long[] steps = new long[1];
        TrainingStrategy counting =
                game -> {
                    Round round = game.nextRound(true);
                    if (steps[0]++ % 5 == 0) {
                        move(game, round, Player.Role.DISCRIMINATOR);
                    }
                    move(game, round, Player.Role.GENERATOR);
                };
        assertThat(
                        broken(
                                strategy(counting),
                                StrategyContract::should_go_on_exactly_from_where_it_was_stopped))
                .contains("a step is a function of the game alone")
                .contains("count with game.getStep()");
        assertThat(
                        broken(
                                strategy(counting),
                                StrategyContract::should_keep_nothing_from_game_to_game))
                .contains("in a second game with the same strategy");
    }

    @Test
    void should_tell_of_a_strategy_that_draws_more_than_it_says() {
        TrainingStrategy wasteful =
                game -> {
                    game.nextRound(false);
                    Round round = game.nextRound(true);
                    move(game, round, Player.Role.DISCRIMINATOR);
                    move(game, round, Player.Role.GENERATOR);
                };
        assertThat(
                        broken(
                                strategy(wasteful),
                                StrategyContract::should_draw_as_many_batches_as_it_says))
                .contains("it says 1, and 6 steps drew 12");
    }

    private static Block linear(long units) {
        return Linear.builder().setUnits(units).build();
    }

    private static Block layer(UnaryOperator<NDArray> function) {
        return new LambdaBlock(list -> new NDList(function.apply(list.head())), "layer");
    }

    private static DiscriminatorContract critic(Supplier<Block> end) {
        return new DiscriminatorContract() {
            @Override
            protected Discriminator newDiscriminator() {
                Block block =
                        new SequentialBlock()
                                .add(linear(5))
                                .add(Activation.tanhBlock())
                                .add(linear(1))
                                .add(end.get());
                return Discriminator.of(block, true, new Shape(3));
            }
        };
    }

    private static GeneratorContract generator(Supplier<Block> end) {
        return new GeneratorContract() {
            @Override
            protected Generator newGenerator() {
                return Generator.of(
                        new SequentialBlock()
                                .add(new LambdaBlock(list -> new NDList(list.head()), "first"))
                                .add(linear(6))
                                .add(Activation.tanhBlock())
                                .add(linear(4))
                                .add(end.get()),
                        new Shape(2),
                        new Shape());
            }

            @Override
            protected Shape getSampleShape() {
                return new Shape(1, 2, 2);
            }
        };
    }

    private static NDArray picture(NDArray x) {
        return x.reshape(-1, 1, 2, 2);
    }

    @Test
    void should_tell_of_probabilities() {
        assertThat(
                        broken(
                                critic(Activation::sigmoidBlock),
                                DiscriminatorContract::should_give_scores_and_not_probabilities))
                .contains("scores are logits")
                .contains("Leave out the sigmoid");
        kept(
                critic(() -> layer(x -> x)),
                DiscriminatorContract::should_give_scores_and_not_probabilities);
    }

    @Test
    void should_tell_of_a_network_whose_graph_is_cut() {
        assertThat(
                        broken(
                                critic(
                                        () ->
                                                layer(
                                                        x ->
                                                                x.toType(DataType.FLOAT64, false)
                                                                        .toType(
                                                                                DataType.FLOAT32,
                                                                                false))),
                                DiscriminatorContract::should_pass_gradients_to_its_samples))
                .contains("gradients reach the samples");
        assertThat(
                        broken(
                                critic(() -> layer(x -> x.mul(x.stopGradient()))),
                                DiscriminatorContract
                                        ::should_have_gradients_that_agree_with_finite_differences))
                .contains("the gradients of a network are those of its value");
    }

    @Test
    void should_tell_of_a_score_that_depends_on_the_batch() {
        assertThat(
                        broken(
                                critic(() -> layer(x -> x.sub(x.mean()))),
                                DiscriminatorContract
                                        ::should_score_samples_by_themselves_if_it_says_so))
                .contains("the output for a sample depends on that sample alone")
                .contains("Return false from isSampleWise()");
    }

    @Test
    void should_tell_of_samples_of_another_shape_or_range() {
        assertThat(
                        broken(
                                generator(() -> layer(x -> x)),
                                GeneratorContract::should_take_batches_of_any_size))
                .contains("for 1 it gave shape (1, 4)")
                .contains("Samples are (1, 2, 2) each");
        assertThat(
                        broken(
                                generator(() -> layer(BrokenRulesTest::picture)),
                                GeneratorContract::should_make_pictures_within_their_range))
                .contains("pictures are in [-1, 1]")
                .endsWith("End with Activation.tanhBlock().");
    }

    @Test
    void should_tell_of_a_block_that_takes_other_inputs() {
        GeneratorContract unfit =
                new GeneratorContract() {
                    @Override
                    protected Generator newGenerator() {
                        return Generator.of(linear(3), new Shape(2), new Shape());
                    }

                    @Override
                    protected Shape getSampleShape() {
                        return new Shape(3);
                    }
                };
        assertThat(broken(unfit, GeneratorContract::should_take_batches_of_any_size))
                .contains("a block can be initialised for the shapes of its network")
                .contains("Linear block only support 1 input");
    }

    @Test
    void should_tell_of_labels_that_are_not_heeded() {
        assertThat(
                        broken(
                                generator(() -> layer(BrokenRulesTest::picture)),
                                GeneratorContract::should_heed_its_conditions))
                .contains("conditions make a difference");
    }

    @Test
    void should_tell_of_what_is_not_saved() {
        float[] made = new float[1];
        assertThat(
                        broken(
                                critic(
                                        () -> {
                                            float own = made[0]++;
                                            return layer(x -> x.add(own));
                                        }),
                                DiscriminatorContract::should_be_the_same_when_saved_and_loaded))
                .contains("a network is saved and loaded by its parameters");
    }
}
