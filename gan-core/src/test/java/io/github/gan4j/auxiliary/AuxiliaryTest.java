package io.github.gan4j.auxiliary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.dataset.ArrayDataset;
import io.github.gan4j.Auxiliary;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Latents;
import io.github.gan4j.PackedDiscriminator;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.nn.LabelConcat;
import io.github.gan4j.nn.OneHot;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuxiliaryTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        Torch.setThreads(1);
        manager = Torch.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_draw_codes_of_indicators_and_numbers() {
        Torch.seed(4);
        NDArray latents = new CodeLatents(3, 2).sample(manager, new Shape(3000, 9));

        assertThat(latents.getShape()).isEqualTo(new Shape(3000, 9));
        NDArray noise = latents.get(":, :4");
        NDArray category = latents.get(":, 4:7");
        NDArray numbers = latents.get(":, 7:");
        assertThat(noise.mean().getFloat()).isEqualTo(0, within(0.04f));
        assertThat(noise.square().mean().getFloat()).isEqualTo(1, within(0.06f));
        assertThat(category.sum(new int[] {1}).min().getFloat()).isEqualTo(1);
        assertThat(category.max(new int[] {1}).min().getFloat()).isEqualTo(1);
        for (float share : category.mean(new int[] {0}).toFloatArray()) {
            assertThat(share).isEqualTo(1 / 3f, within(0.04f));
        }
        assertThat(numbers.abs().max().getFloat()).isBetween(0.99f, 1f);
        assertThat(numbers.square().mean().getFloat()).isEqualTo(1 / 3f, within(0.02f));
    }

    /**
     * Where the discriminator is blind all classes are as likely: a loss of log K for each half.
     */
    @Test
    void should_cost_the_entropy_of_the_classes_if_nothing_is_known() {
        List<StepReport> reports = train(new ClassAuxiliary(2), 4, true, 1, 0);

        double entropy = 2 * Math.log(4);
        assertThat((double) reports.get(0).values().get("discriminator/class"))
                .isEqualTo(2 * entropy, within(1e-5));
        assertThat((double) reports.get(0).values().get("generator/class"))
                .isEqualTo(entropy, within(1e-5));
    }

    /** A mean of 0 misses a number uniform in [-1, 1) by 1/3 in the mean square. */
    @Test
    void should_cost_the_entropy_of_the_code_if_nothing_is_known() {
        List<StepReport> reports = train(new CodeAuxiliary(3, 1, 1, 0.6f), 4, false, 1, 0);

        double category = Math.log(3);
        assertThat((double) reports.get(0).values().get("discriminator/code"))
                .isEqualTo(category + 0.3 / 3, within(0.03))
                .isGreaterThan(category);
        assertThat(reports.get(0).values().get("generator/code"))
                .isEqualTo(reports.get(0).values().get("discriminator/code"), within(1e-6f));
    }

    @Test
    void should_learn_to_be_told_apart_by_class() {
        List<StepReport> reports = train(new ClassAuxiliary(1), 4, true, 300, 0.02);

        assertThat(reports.get(299).values().get("generator/class")).isLessThan(0.2f);
    }

    @Test
    void should_learn_to_carry_the_code() {
        List<StepReport> reports = train(new CodeAuxiliary(3, 1, 1, 0.1f), 4, false, 300, 0.02);

        assertThat(reports.get(299).values().get("generator/code")).isLessThan(0.3f);
    }

    private static Gan.Builder smallGame() {
        return Gan.builder()
                .setGenerator(Generator.of(linear(4), new Shape(3)))
                .setDiscriminator(Discriminator.of(linear(1), new Shape(4)));
    }

    private static void assertRefused(ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(InvalidInputException.class).hasMessage(message);
    }

    @Test
    void should_refuse_games_that_lack_what_is_to_be_told() {
        assertRefused(
                smallGame().addAuxiliary(new ClassAuxiliary(1))::build,
                "The auxiliary class tells the labels that the generator is fed, and the game is"
                        + " not conditional; set optConditional(true).");
        Auxiliary code = new CodeAuxiliary(3, 1, 1, 0.1f);
        String message =
                "The auxiliary code recovers 3 categories and 1 continuous components, which"
                        + " latents of 3 components do not end with; set optLatents(new"
                        + " CodeLatents(3, 1)) for latents of 4 or more.";
        assertRefused(smallGame().addAuxiliary(code)::build, message);
        assertRefused(
                smallGame().addAuxiliary(code).optLatents(new CodeLatents(3, 1))::build, message);
        assertRefused(
                smallGame()
                                .setDiscriminator(
                                        new PackedDiscriminator(linear(1), 2, new Shape(4)))
                                .addAuxiliary(new CodeAuxiliary(0, 1, 1, 0.1f))
                                .optLatents(new CodeLatents(0, 1))
                        ::build,
                "The auxiliary code tells something of each sample, but the discriminator judges"
                        + " packs of 2; set packing=1.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 | 2 | The code has categories -1 and continuous 2; neither may be below 0, and"
                        + " one must be above.",
                "10 | -1 | The code has categories 10 and continuous -1; neither may be below 0,"
                        + " and one must be above.",
                "0 | 0 | The code has categories 0 and continuous 0; neither may be below 0, and"
                        + " one must be above.",
                "1 | 2 | The code has a single category, which tells nothing; set categories=0,"
                        + " for none, or 2 or more.",
            })
    void should_refuse_what_is_no_code(int categories, int continuous, String message) {
        assertRefused(() -> new CodeLatents(categories, continuous), message);
        assertRefused(() -> new CodeAuxiliary(categories, continuous, 1, 1), message);
    }

    /** A game of points (4) with a head of four more outputs, which starts out at zero. */
    private List<StepReport> train(
            Auxiliary auxiliary, int outputs, boolean conditional, int steps, double rate) {
        Block trunk = new SequentialBlock().add(linear(8)).add(ai.djl.nn.Activation.tanhBlock());
        Block head = linear(outputs);
        head.setInitializer(
                ai.djl.training.initializer.Initializer.ZEROS, ai.djl.nn.Parameter.Type.WEIGHT);
        Block both =
                new ParallelBlock(
                        lists -> new NDList(lists.get(0).head(), lists.get(1).head()),
                        List.of(linear(1), head));
        Block painter =
                conditional
                        ? new io.github.gan4j.nn.Sequential()
                                .add(new LabelConcat(new OneHot(4)))
                                .add(linear(4))
                        : new SequentialBlock().add(linear(4));
        Gan gan =
                Gan.builder()
                        .setGenerator(
                                conditional
                                        ? Generator.of(painter, new Shape(5), new Shape())
                                        : Generator.of(painter, new Shape(5)))
                        .setDiscriminator(
                                Discriminator.of(
                                        new SequentialBlock().add(trunk).add(both), new Shape(4)))
                        .optConditional(conditional)
                        .optLatents(conditional ? Latents.NORMAL : new CodeLatents(3, 1))
                        .addAuxiliary(auxiliary)
                        .optGeneratorOptimizer(Adam.builder().optLearningRate(rate).build())
                        .optDiscriminatorOptimizer(Adam.builder().optLearningRate(rate).build())
                        .build();
        long[] labels = new long[2048];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 4;
        }
        NDArray kinds = manager.create(labels);
        // Each class has a corner of its own.
        NDArray samples = kinds.oneHot(4).add(manager.randomNormal(new Shape(2048, 4)).mul(0.1));
        ArrayDataset data =
                new ArrayDataset.Builder()
                        .setData(samples)
                        .optLabels(kinds)
                        .setSampling(4, false)
                        .build();
        List<StepReport> reports = new ArrayList<>();
        try (GanTrainer trainer =
                GanTrainer.builder()
                        .setGan(gan)
                        .setDataset(data)
                        .optBatchSize(1024)
                        .addListener(TrainingListener.ofReports(reports::add))
                        .build()) {
            trainer.train(steps);
        }
        return reports;
    }

    private static Linear linear(long units) {
        return Linear.builder().setUnits(units).build();
    }
}
