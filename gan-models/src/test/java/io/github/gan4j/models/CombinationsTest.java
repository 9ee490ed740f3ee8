package io.github.gan4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import io.github.gan4j.Component;
import io.github.gan4j.Components;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Loss;
import io.github.gan4j.Penalty;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.Variant;
import io.github.gan4j.run.RunConfig;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every architecture with every loss, penalty and strategy: three steps, in which all terms are
 * finite, a gradient reaches both players and no native array is left behind. What does not go
 * together is refused with a reason, and is listed here.
 */
class CombinationsTest {

    /** Networks so small that a step takes milliseconds; for the settings that a variant has. */
    private static final Map<String, Object> SMALL =
            Map.of(
                    "generatorFilters", 4,
                    "discriminatorFilters", 4,
                    "generatorUnits", List.of(8, 8),
                    "discriminatorUnits", List.of(8),
                    "latentSize", 16);

    /**
     * Variants whose networks are those of others; their own loss and penalty are not the point.
     */
    private static final Set<String> SHARED = Set.of("dragan", "lsgan", "wgan", "wgan-gp");

    private static final String NONE = "none";
    private static final String EXTENT = "gan4j.combinations";
    private static final int COUNT = 12;

    private final NDManager manager = NetworkShapes.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    static List<Architecture> architectures() {
        List<Architecture> all = new ArrayList<>();
        SampleSpec digits = spec(10, 1, 28, 28);
        for (Variant<?> variant : ServiceLoader.load(Variant.class)) {
            if (variant.getDomains() == Domains.ONE && !SHARED.contains(variant.getName())) {
                all.add(new Architecture(variant, digits, Map.of()));
            }
            if (variant.getName().equals("dcgan")) {
                for (String norm : List.of("layer", "instance", "spectral", "none")) {
                    all.add(new Architecture(variant, digits, Map.of("discriminatorNorm", norm)));
                }
                List<String> policies = List.of("colour", "translation", "cutout");
                all.add(
                        new Architecture(
                                variant, spec(0, 3, 32, 32), Map.of("augmentation", policies)));
            }
            if (variant.getName().equals("gan")) {
                all.add(new Architecture(variant, digits, Map.of("packing", 2)));
                all.add(new Architecture(variant, spec(0, 2), Map.of()));
                all.add(new Architecture(variant, spec(0, 2), Map.of("packing", 2)));
            }
        }
        return all;
    }

    private static SampleSpec spec(int classes, long... shape) {
        return new SampleSpec(new Shape(shape), classes);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void should_train_with_every_loss_and_penalty(Architecture architecture) {
        Map<String, String> refused = new TreeMap<>();
        List<Loss> losses = Components.list(Loss.class);
        List<String> penalties = withNone(Penalty.class);
        for (int i = 0; i < losses.size(); i++) {
            for (int j = 0; j < penalties.size(); j++) {
                if (isPlayed(architecture, j - i, losses.size())) {
                    String loss = losses.get(i).getName();
                    play(architecture, loss, penalties.get(j), "alternating", refused);
                }
            }
        }

        if (architecture.samples().isPoints()) {
            assertThat(refused).isNotEmpty();
            assertThat(refused.keySet()).allMatch(combined -> combined.contains(" consistency "));
            assertThat(refused.values())
                    .allMatch(reason -> reason.contains("flips and shifts images"));
        } else {
            assertThat(refused).isEmpty();
        }
    }

    /**
     * All with all is two minutes of work: {@code -Dgan4j.combinations=all}. Else the perceptrons
     * and DCGAN play all, and every other architecture has each loss and each penalty once.
     */
    private static boolean isPlayed(Architecture architecture, int diagonal, int losses) {
        boolean base =
                architecture.settings().isEmpty()
                        && !architecture.samples().isPoints()
                        && Set.of("gan", "dcgan").contains(architecture.variant().getName());
        return base || diagonal % losses == 0 || "all".equals(System.getProperty(EXTENT));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void should_train_with_every_strategy(Architecture architecture) {
        Map<String, String> refused = new TreeMap<>();
        for (TrainingStrategy strategy : Components.list(TrainingStrategy.class)) {
            // At its usual rate the imagined critic runs away in some of these networks.
            boolean unrolled = strategy.getName().equals("unrolled");
            String spec = unrolled ? "unrolled:steps=2,rate=0.0001" : strategy.getName();
            play(architecture, "relativistic", "gp", spec, refused);
            play(architecture, "wasserstein", "clip", spec, refused);
        }

        assertThat(refused).hasSize(1);
        refused.forEach(
                (combination, reason) -> {
                    assertThat(combination).startsWith("wasserstein clip unrolled");
                    assertThat(reason).contains("cannot look through the constraint clip");
                });
    }

    private static List<String> withNone(Class<? extends Component> type) {
        List<String> names = new ArrayList<>(List.of(NONE));
        Components.list(type).forEach(component -> names.add(component.getName()));
        return names;
    }

    private void play(
            Architecture architecture,
            String loss,
            String penalty,
            String strategy,
            Map<String, String> refused) {
        String combination = loss + " " + penalty + " " + strategy;
        Gan gan;
        try {
            gan = architecture.build(loss, penalty, strategy);
        } catch (InvalidInputException e) {
            refused.put(combination, e.getMessage());
            return;
        }
        Steps steps = new Steps();
        try (GanTrainer trainer =
                GanTrainer.builder()
                        .setGan(gan)
                        .setDataset(data(architecture.samples()))
                        .optBatchSize(4)
                        .addListener(steps)
                        .build()) {
            trainer.train(3);
        }
        for (Map<String, Float> values : steps.values) {
            assertThat(values.values()).as(combination).allMatch(Float::isFinite);
            assertThat(values.get("discriminator/gradient norm")).as(combination).isPositive();
            assertThat(values.get("generator/gradient norm")).as(combination).isPositive();
            if (!penalty.equals(NONE) && !penalty.equals("clip")) {
                assertThat(values).as(combination).containsKey("discriminator/" + penalty);
            }
        }
        // A penalty may come to remember something in its first step.
        assertThat(steps.arrays.get(2)).as(combination).isEqualTo(steps.arrays.get(1));
    }

    private ArrayDataset data(SampleSpec samples) {
        Torch.seed(3);
        NDArray x = manager.randomUniform(-1f, 1f, new Shape(COUNT).addAll(samples.shape()));
        ArrayDataset.Builder builder = new ArrayDataset.Builder().setData(x).setSampling(4, false);
        if (samples.classes() > 0) {
            NDArray labels = manager.arange(COUNT).toType(DataType.INT64, false);
            builder.optLabels(labels.mod(samples.classes()).toType(DataType.INT64, false));
        }
        return builder.build();
    }

    /** Notes the values and the number of live arrays after each step. */
    private final class Steps implements TrainingListener {

        private final List<Map<String, Float>> values = new ArrayList<>();
        private final List<Integer> arrays = new ArrayList<>();

        @Override
        public boolean wantsGradientNorms(long step) {
            return true;
        }

        @Override
        public void onStep(GanTrainer trainer, StepReport report) {
            values.add(report.values());
            NDManager root = manager;
            while (root.getParentManager() != null && root.getParentManager() != root) {
                root = root.getParentManager();
            }
            arrays.add(root.getManagedArrays().size());
        }
    }

    /** A variant with some settings. */
    private record Architecture(
            Variant<?> variant, SampleSpec samples, Map<String, Object> settings) {

        Gan build(String loss, String penalty, String strategy) {
            RunConfig defaults = RunConfig.defaults(variant, 1);
            Map<String, Object> all = new LinkedHashMap<>(SMALL);
            all.keySet().retainAll(defaults.getSettingDefaults().keySet());
            all.putAll(settings);
            all.put("loss", loss);
            all.put("penalties", penalty.equals(NONE) ? List.of() : List.of(penalty));
            all.put("strategy", strategy);
            return defaults.with(Map.of("settings", all)).buildGan(samples);
        }

        @Override
        public String toString() {
            return variant.getName()
                    + " "
                    + samples.shape()
                    + (settings.isEmpty() ? "" : " " + settings);
        }
    }
}
