package io.github.gan4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.Batchifier;
import ai.djl.util.Progress;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.Components;
import io.github.gan4j.Game;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Latents;
import io.github.gan4j.Loss;
import io.github.gan4j.Network;
import io.github.gan4j.Player;
import io.github.gan4j.Round;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.Weights;
import io.github.gan4j.models.dcgan.Dcgan;
import io.github.gan4j.models.projection.ProjectionGan;
import io.github.gan4j.models.r3gan.R3Gan;
import io.github.gan4j.models.vanilla.VanillaGan;
import io.github.gan4j.models.wgan.WganGp;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three whole training steps of each variant against PyTorch: the losses, the gradients of the
 * first step, all weights and statistics at the end, and what the generator then makes.
 */
class TrainingReferenceTest {

    private static final int STEPS = 3;

    /** PyTorch's own float32 is up to 1.9e-7 from its float64 in the weights, 5.6e-7 in images. */
    private static final double TOLERANCE = 1e-6;

    /** And up to 1.4e-6 in the gradients. */
    private static final double GRADIENT_TOLERANCE = 3e-6;

    /**
     * A bias before batch norm has no gradient but rounding noise, which Adam scales up to a whole
     * step: three steps of 2e-4 in each of two opposite directions.
     */
    private static final double CANCELLED_TOLERANCE = 1.2e-3;

    static {
        // Tiny operators gain nothing from threads, and lose much on a machine that is busy.
        Torch.setThreads(1);
    }

    private final NDManager manager = Torch.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gan", "dcgan28", "dcgan32", "projection", "r3gan", "wgan-gp"})
    void should_equal_pytorch_over_three_steps(String name) {
        Recording recording = new Recording(name);
        List<StepReport> reports = new ArrayList<>();
        Gradients gradients = new Gradients(recording.rounds());
        Gan gan = recording.replayed(gradients);
        try (GanTrainer trainer =
                GanTrainer.builder()
                        .setGan(gan)
                        .setDataset(recording)
                        .optBatchSize(4)
                        .addListener(TrainingListener.ofReports(reports::add))
                        .build()) {
            recording.fill("G", gan.getGenerator());
            recording.fill("D", gan.getDiscriminator());

            trainer.train(STEPS);

            for (int step = 0; step < STEPS; step++) {
                recording.checkLoss("loss_d/", step, reports.get(step), "discriminator/loss");
                recording.checkLoss("loss_g/", step, reports.get(step), "generator/loss");
            }
            recording.checkGradients("G", gan.getGenerator(), gradients.generator);
            recording.checkGradients("D", gan.getDiscriminator(), gradients.discriminator);
            recording.checkEnd("G", gan.getGenerator());
            recording.checkEnd("D", gan.getDiscriminator());
            recording.checkImages(trainer);
        }
    }

    /** The alternating step, with a look at the gradients of its first. */
    private final class Gradients implements TrainingStrategy {

        private final NDList generator = new NDList();
        private final NDList discriminator = new NDList();
        private final int critic;

        Gradients(int critic) {
            this.critic = critic;
        }

        @Override
        public void step(Game game) {
            Round round = null;
            for (int i = 1; i <= critic; i++) {
                round = game.nextRound(i == critic);
                move(game, Player.Role.DISCRIMINATOR, round, discriminator);
            }
            move(game, Player.Role.GENERATOR, round, generator);
        }

        private void move(Game game, Player.Role role, Round round, NDList first) {
            Player player = game.getGan().getPlayers(role).get(0);
            NDList gradients = game.gradients(player, round);
            if (first.isEmpty()) {
                for (NDArray gradient : gradients) {
                    // Copies by way of Java: the trainer frees all arrays of a step.
                    first.add(keep(gradient.toFloatArray(), gradient.getShape()));
                }
            }
            game.apply(player, gradients);
        }

        @Override
        public int getBatchesPerStep() {
            return critic;
        }

        private NDArray keep(float[] values, Shape shape) {
            NDArray copy = manager.create(values, shape);
            ai.djl.ndarray.NDScope.unregister(copy);
            return copy;
        }
    }

    /** What PyTorch did, as the data set and the latents of a game, and to compare with. */
    private final class Recording implements Dataset {

        private final Safetensors file;
        private final JsonNode configuration;
        private final String name;

        Recording(String name) {
            this.name = name;
            try {
                String resource = "/reference/" + name + ".safetensors";
                Path path = Path.of(TrainingReferenceTest.class.getResource(resource).toURI());
                file = Safetensors.read(path);
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
            configuration = json("configuration");
        }

        /** The rounds of a step. */
        int rounds() {
            return configuration.path("critic").asInt(1);
        }

        /** The variant's own networks, optimisers and loss, with the recorded latents. */
        Gan replayed(TrainingStrategy strategy) {
            int size = configuration.get("size").asInt();
            int channels = configuration.get("channels").asInt();
            int classes = configuration.path("classes").asInt(0);
            SampleSpec samples = new SampleSpec(new Shape(channels, size, size), classes);
            Gan gan = variant().build(samples);
            int[] turn = new int[1];
            Latents latents = (target, shape) -> file.get(target, "z/" + turn[0]++);
            String loss = configuration.path("loss").asText("non-saturating");
            Gan.Builder builder = Gan.builder();
            gan.getPenalties().forEach(builder::addPenalty);
            return builder.setGenerator(gan.getGenerator())
                    .setDiscriminator(gan.getDiscriminator())
                    .optConditional(gan.isConditional())
                    .optLoss(Components.parse(Loss.class, loss))
                    .optGeneratorOptimizer(
                            gan.getPlayers(Player.Role.GENERATOR).get(0).getOptimizer())
                    .optDiscriminatorOptimizer(
                            gan.getPlayers(Player.Role.DISCRIMINATOR).get(0).getOptimizer())
                    .optLatents(latents)
                    .optStrategy(strategy)
                    .build();
        }

        private GanBuilder<?> variant() {
            int latent = configuration.get("latent").asInt();
            if (name.equals("gan")) {
                return VanillaGan.builder()
                        .optGeneratorUnits(integers(configuration.get("generator_hidden")))
                        .optDiscriminatorUnits(integers(configuration.get("discriminator_hidden")))
                        .optLatentSize(latent);
            }
            int generator = configuration.get("generator_filters").asInt();
            int discriminator = configuration.get("discriminator_filters").asInt();
            GanBuilder<?> builder =
                    switch (name) {
                        case "projection" ->
                                ProjectionGan.builder()
                                        .optGeneratorFilters(generator)
                                        .optDiscriminatorFilters(discriminator);
                        case "r3gan" ->
                                R3Gan.builder()
                                        .optGeneratorFilters(generator)
                                        .optDiscriminatorFilters(discriminator)
                                        .optBlocks(1)
                                        .optGroupSize(configuration.get("group").asInt());
                        case "wgan-gp" ->
                                WganGp.builder()
                                        .optGeneratorFilters(generator)
                                        .optDiscriminatorFilters(discriminator);
                        default ->
                                Dcgan.builder()
                                        .optGeneratorFilters(generator)
                                        .optDiscriminatorFilters(discriminator);
                    };
            // which the recordings have in common
            builder.optBeta1(0.5).optBeta2(0.999);
            builder.optGeneratorLearningRate(2e-4).optDiscriminatorLearningRate(2e-4);
            return builder.optLatentSize(latent);
        }

        /** The labels of a step; none where there are no classes. */
        private NDList labels(NDManager target, int step) {
            return configuration.has("classes")
                    ? new NDList(file.get(target, "labels/" + step))
                    : new NDList();
        }

        void fill(String side, Network network) {
            List<Parameter> parameters = network.getBlock().getParameters().values();
            assertThat(parameters).hasSize(json(side + ".names").size());
            for (int i = 0; i < parameters.size(); i++) {
                NDArray recorded = get(side + "/" + i);
                NDArray target = parameters.get(i).getArray();
                assertThat(target.getShape()).isEqualTo(recorded.getShape());
                target.set(recorded.toByteBuffer());
            }
        }

        void checkLoss(String key, int step, StepReport report, String name) {
            float expected = get(key + step).getFloat();
            assertThat(report.values().get(name))
                    .as(name + " in step " + step)
                    .isEqualTo(expected, within((float) TOLERANCE * Math.max(1, expected)));
        }

        void checkGradients(String side, Network network, NDList gradients) {
            int[] trainable = integers(json(side + ".trainable"));
            List<Parameter> parameters = network.getBlock().getParameters().values();
            assertThat(
                            IntStream.range(0, parameters.size())
                                    .filter(i -> parameters.get(i).requiresGradient()))
                    .containsExactly(IntStream.of(trainable).boxed().toArray(Integer[]::new));
            assertThat(gradients).hasSize(trainable.length);
            for (int i = 0; i < trainable.length; i++) {
                String key = "grad" + side + "/" + trainable[i];
                check(key, gradients.get(i), get(key), GRADIENT_TOLERANCE);
            }
        }

        void checkEnd(String side, Network network) {
            Set<Integer> cancelled = new HashSet<>();
            for (String key : List.of(".cancelled", ".cancelled_means")) {
                IntStream.of(integers(json(side + key))).forEach(cancelled::add);
            }
            List<Parameter> parameters = network.getBlock().getParameters().values();
            for (int i = 0; i < parameters.size(); i++) {
                double tolerance = cancelled.contains(i) ? CANCELLED_TOLERANCE : TOLERANCE;
                String key = side + "3/" + i;
                check(key, parameters.get(i).getArray(), get(key), tolerance);
            }
        }

        void checkImages(GanTrainer trainer) {
            NDArray latents = get("z/0");
            NDList labels = labels(manager, 0);
            // Some generators have biases that the statistics of batch norm do not cancel yet.
            double tolerance = json("G.cancelled").isEmpty() ? TOLERANCE : 10 * CANCELLED_TOLERANCE;
            check("eval/y", trainer.generate(latents, labels), get("eval/y"), tolerance);
            NDList inputs = trainer.getGan().getGenerator().inputs(latents, labels);
            try (GradMode off = GradMode.off()) {
                NDArray images =
                        trainer.getGan()
                                .getGenerator()
                                .getBlock()
                                .forward(new Weights(manager), inputs, true)
                                .singletonOrThrow();
                check("train/y", images, get("train/y"), TOLERANCE);
            }
        }

        NDArray get(String key) {
            return file.get(manager, key);
        }

        private JsonNode json(String key) {
            try {
                return new ObjectMapper().readTree(file.getMetadata().get(key));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        private int[] integers(JsonNode values) {
            return IntStream.range(0, values.size()).map(i -> values.get(i).asInt()).toArray();
        }

        private void check(String what, NDArray actual, NDArray expected, double tolerance) {
            assertThat(actual.getShape()).as("shape of " + what).isEqualTo(expected.getShape());
            float[] a = actual.toFloatArray();
            float[] e = expected.toFloatArray();
            // Rounding grows with the values that are added up.
            double allowed = tolerance * Math.max(1, expected.abs().max().getFloat());
            for (int i = 0; i < e.length; i++) {
                if (!(Math.abs(a[i] - e[i]) <= allowed)) { // also refuses NaN
                    fail("%s[%d] is %s, expected %s +- %s", what, i, a[i], e[i], allowed);
                }
            }
        }

        @Override
        public Iterable<Batch> getData(NDManager target) {
            int count = STEPS * rounds();
            return () -> IntStream.range(0, count).mapToObj(i -> batch(target, i)).iterator();
        }

        private Batch batch(NDManager target, int step) {
            NDManager own = target.newSubManager();
            NDList data = new NDList(file.get(own, "real/" + step));
            Batchifier stack = Batchifier.STACK;
            return new Batch(own, data, labels(own, step), 4, stack, stack, step, STEPS);
        }

        @Override
        public void prepare(Progress progress) {}
    }
}
