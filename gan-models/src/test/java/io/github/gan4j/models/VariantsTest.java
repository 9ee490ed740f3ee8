package io.github.gan4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import io.github.gan4j.Direction;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Player;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.Variant;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every variant. */
class VariantsTest {

    private static final Set<String> CONDITIONAL = Set.of("cgan", "cdcgan", "acgan", "projection");

    private final NDManager manager = NetworkShapes.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    static List<Variant<?>> all() {
        List<Variant<?>> variants = new ArrayList<>();
        ServiceLoader.load(Variant.class).forEach(variants::add);
        return variants;
    }

    static List<Variant<?>> variants() {
        return all().stream().filter(v -> v.getDomains() == Domains.ONE).toList();
    }

    static Stream<Arguments> translations() {
        return all().stream()
                .filter(v -> v.getDomains() != Domains.ONE)
                .flatMap(v -> LongStream.of(1, 3).mapToObj(channels -> Arguments.of(v, channels)));
    }

    static Stream<Arguments> games() {
        return variants().stream()
                .flatMap(
                        variant ->
                                Stream.of(
                                                spec(10, 1, 28, 28),
                                                spec(3, 3, 32, 32),
                                                spec(0, 1, 32, 32),
                                                spec(0, 2))
                                        .filter(
                                                samples ->
                                                        samples.classes() > 0
                                                                || !CONDITIONAL.contains(
                                                                        variant.getName()))
                                        .map(samples -> Arguments.of(variant, samples)));
    }

    private static SampleSpec spec(int classes, long... shape) {
        return new SampleSpec(new Shape(shape), classes);
    }

    @ParameterizedTest
    @MethodSource("all")
    void should_tell_authors_and_year(Variant<?> variant) {
        assertThat(variant.getSummary()).matches(".* (et al\\.|and \\w+) 20[12]\\d.*");
        assertThat(variant.getName()).matches("[a-z0-9-]+");
    }

    /**
     * Two steps with the defaults: all players move, all terms are finite, samples are in range.
     */
    @ParameterizedTest
    @MethodSource("games")
    void should_train(Variant<?> variant, SampleSpec samples) {
        Gan gan = build(variant, samples);
        assertThat(gan.getPlayers(Player.Role.DISCRIMINATOR)).hasSize(1);
        assertThat(gan.getPlayers(Player.Role.GENERATOR)).hasSize(1);
        assertThat(gan.getDiscriminator().getSampleShape()).isEqualTo(samples.shape());
        assertThat(gan.isConditional()).isEqualTo(CONDITIONAL.contains(variant.getName()));
        List<StepReport> reports = new ArrayList<>();
        try (GanTrainer trainer =
                GanTrainer.builder()
                        .setGan(gan)
                        .setDataset(data(samples))
                        .optBatchSize(4)
                        .addListener(TrainingListener.ofReports(reports::add))
                        .build()) {
            trainer.train(2);

            assertThat(reports.get(1).values())
                    .containsKeys("generator/loss", "discriminator/loss");
            assertThat(reports.get(1).values().values()).allMatch(Float::isFinite);
            NDArray latents = trainer.drawLatents(manager, 3, 1);
            NDList labels = new NDList();
            if (gan.isConditional()) {
                labels.add(manager.create(new long[] {0, 1, 2}));
            }
            NDArray drawn = trainer.generate(latents, labels);
            assertThat(drawn.getShape()).isEqualTo(new Shape(3).addAll(samples.shape()));
            if (!samples.isPoints()) {
                assertThat(drawn.abs().max().getFloat()).isBetween(1e-6f, 1f);
            }
        }
    }

    /** From grey or colour to colour and, if there is a way back, back. */
    @ParameterizedTest
    @MethodSource("translations")
    void should_train_to_translate(Variant<?> variant, long channels) {
        Shape a = new Shape(channels, 32, 32);
        Shape b = new Shape(3, 32, 32);
        Gan gan = build(variant, new SampleSpec(a, 0, variant.getDomains(), b));
        assertThat(gan.getPlayers(Player.Role.DISCRIMINATOR)).hasSize(1);
        assertThat(gan.getPlayers(Player.Role.GENERATOR)).hasSize(1);
        List<StepReport> reports = new ArrayList<>();
        try (GanTrainer trainer =
                GanTrainer.builder()
                        .setGan(gan)
                        .setDataset(pairs(a, b))
                        .optBatchSize(2)
                        .addListener(TrainingListener.ofReports(reports::add))
                        .build()) {
            trainer.train(2);

            assertThat(reports.get(1).values())
                    .containsKeys("generator/loss", "discriminator/loss");
            assertThat(reports.get(1).values().values()).allMatch(Float::isFinite);
            NDArray pictures = manager.randomUniform(-1f, 1f, new Shape(3).addAll(a));
            NDArray translated = trainer.translate(Direction.A_TO_B, pictures);
            assertThat(translated.getShape()).isEqualTo(new Shape(3).addAll(b));
            assertThat(translated.abs().max().getFloat()).isBetween(1e-6f, 1f);
            if (gan.getTranslators().containsKey(Direction.B_TO_A)) {
                assertThat(trainer.translate(Direction.B_TO_A, translated).getShape())
                        .isEqualTo(pictures.getShape());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("translations")
    void should_refuse_data_of_one_domain_if_it_translates(Variant<?> variant, long channels) {
        assertThatThrownBy(() -> build(variant, spec(0, channels, 32, 32)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "The variant %s translates between two domains, and the data set has one",
                        variant.getName());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void should_refuse_data_without_labels_if_it_needs_them(Variant<?> variant) {
        if (CONDITIONAL.contains(variant.getName())) {
            assertThatThrownBy(() -> build(variant, spec(0, 1, 28, 28)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The variant %s needs class labels", variant.getName());
        } else {
            assertThat(build(variant, spec(0, 1, 28, 28)).isConditional()).isFalse();
        }
    }

    @Test
    void should_draw_the_class_that_is_asked_for_only_if_conditional() {
        for (Variant<?> variant : variants()) {
            Gan gan = build(variant, spec(10, 1, 28, 28));
            assertThat(gan.getGenerator().getInputShapes())
                    .hasSize(CONDITIONAL.contains(variant.getName()) ? 2 : 1);
        }
    }

    private static <S> Gan build(Variant<S> variant, SampleSpec samples) {
        return variant.build(variant.newSettings(samples), samples);
    }

    private ArrayDataset data(SampleSpec samples) {
        int count = 40;
        Torch.seed(3);
        NDArray x = manager.randomUniform(-1f, 1f, new Shape(count).addAll(samples.shape()));
        ArrayDataset.Builder builder = new ArrayDataset.Builder().setData(x).setSampling(4, false);
        if (samples.classes() > 0) {
            NDArray labels = manager.arange(count).toType(DataType.INT64, false);
            builder.optLabels(labels.mod(samples.classes()).toType(DataType.INT64, false));
        }
        return builder.build();
    }

    private ArrayDataset pairs(Shape a, Shape b) {
        Torch.seed(3);
        Shape count = new Shape(8);
        return new ArrayDataset.Builder()
                .setData(
                        manager.randomUniform(-1f, 1f, count.addAll(a)),
                        manager.randomUniform(-1f, 1f, count.addAll(b)))
                .setSampling(2, false)
                .build();
    }
}
