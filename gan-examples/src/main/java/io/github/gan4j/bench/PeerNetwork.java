package io.github.gan4j.bench;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Components;
import io.github.gan4j.Loss;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.loss.LeastSquaresLoss;
import io.github.gan4j.loss.NonSaturatingLoss;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.penalty.GradientPenalty;
import io.github.gan4j.strategy.AlternatingStrategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the PyTorch script has to be told to train the same network as ours: the one place that
 * knows both. A variant that the script learns gets a line in {@link #networkArguments}.
 */
final class PeerNetwork {

    /** The way in which the script saves all the work that can be saved. */
    static final String LEAN = "lean";

    /** The ways in which the script can train, in the order of their turns. */
    static final List<String> FORMS = List.of("eager", LEAN);

    private static final int CLASSES = 10;
    private static final Set<String> CONVOLUTIONAL = Set.of("dcgan", "wgan-gp");
    private static final Set<String> TRANSLATING = Set.of("cyclegan", "pix2pix");

    private final Workload work;
    private final List<String> arguments;
    private final List<String> differences = new ArrayList<>();

    private PeerNetwork(Workload work) {
        this.work = work;
        List<String> network = networkArguments();
        arguments = network == null ? null : new ArrayList<>(network);
        if (!isAvailable()) {
            differences.add("There is no PyTorch script for " + work.variant() + ".");
            return;
        }
        boolean wasserstein = "wgan-gp".equals(work.variant());
        require("loss", Components.describe(loss()));
        require(
                "penalties",
                wasserstein ? List.of(Components.describe(new GradientPenalty(10))) : List.of());
        if (!wasserstein) {
            require("strategy", Components.describe(new AlternatingStrategy()));
        } else if (!(Components.parse(TrainingStrategy.class, text("strategy"))
                instanceof AlternatingStrategy strategy)) {
            differences.add("The PyTorch script has the strategy alternating only.");
        } else {
            arguments.addAll(List.of("--critic", Integer.toString(strategy.critic())));
            if (strategy.fresh()) {
                differences.add("The PyTorch script draws no batch for the generator's turn.");
            }
        }
        if (CONVOLUTIONAL.contains(work.variant())) {
            require("discriminatorNorm", wasserstein ? "none" : "batch");
        }
        require("optimizer", "adam");
        require("schedules", List.of());
        if (TRANSLATING.contains(work.variant())) {
            // Zhu et al. halve the discriminator's loss only, as the loss itself does here.
            boolean cycle = "cyclegan".equals(work.variant());
            require("adversarialWeight", cycle ? 2.0 : 1.0);
            require("discriminatorWeight", cycle ? 1.0 : 0.5);
            return;
        }
        require("packing", 1);
        require("augmentation", List.of());
        if ("cgan".equals(work.variant()) && work.samples().classes() != CLASSES) {
            differences.add("The PyTorch script has " + CLASSES + " classes only.");
        }
        if (work.batchSize() < 2) {
            differences.add("The PyTorch script takes batches of 2 or more.");
        }
    }

    private Loss loss() {
        return switch (work.variant()) {
            case "wgan-gp" -> new WassersteinLoss();
            case "cyclegan" -> new LeastSquaresLoss();
            default -> new NonSaturatingLoss();
        };
    }

    /** Finds the script's network for our work. */
    static PeerNetwork of(Workload work) {
        return new PeerNetwork(work);
    }

    /**
     * Returns settings of ours other than the defaults under which ours does no more than the
     * script. The user's own settings go before them.
     */
    static Map<String, Object> equalSettings(String variant) {
        return switch (variant) {
            case "gan", "cgan", "dcgan", "wgan-gp" -> Map.of("movingAverage", 0);
            case "cyclegan", "pix2pix" -> Map.of("movingAverage", 0, "schedules", List.of());
            default -> Map.of();
        };
    }

    /** Returns the size that a variant is measured at unless the user gives one. */
    static int defaultSize(String variant) {
        return switch (variant) {
            case "gan", "cgan" -> 28;
            case "wgan-gp", "cyclegan", "pix2pix" -> 32;
            default -> 64;
        };
    }

    /** The script's arguments for the networks, by variant; {@code null} if it has none. */
    private List<String> networkArguments() {
        return switch (work.variant()) {
            case "gan", "cgan" ->
                    List.of(
                            "--latent", text("latentSize"),
                            "--hidden", text("generatorUnits"),
                            "--discriminator-hidden", text("discriminatorUnits"));
            case "dcgan", "wgan-gp" ->
                    List.of(
                            "--latent", text("latentSize"),
                            "--generator-filters", text("generatorFilters"),
                            "--discriminator-filters", text("discriminatorFilters"));
            case "cyclegan" ->
                    translation(
                            "--cycle-weight", text("cycleWeight"),
                            "--identity-weight", text("identityWeight"),
                            "--pool", text("pool"));
            case "pix2pix" -> translation("--l1-weight", text("l1Weight"));
            default -> null;
        };
    }

    private List<String> translation(String... more) {
        List<String> all = new ArrayList<>();
        for (String name : List.of("generator", "blocks", "levels", "dropout", "patch", "norm")) {
            all.addAll(List.of("--" + name, text(name)));
        }
        all.addAll(
                List.of(
                        "--generator-filters", text("generatorFilters"),
                        "--discriminator-filters", text("discriminatorFilters")));
        all.addAll(List.of(more));
        return all;
    }

    /** Tells whether the script can train this. */
    boolean isAvailable() {
        return arguments != null && differences.isEmpty();
    }

    /** Returns why the script cannot train this, one sentence. */
    String reason() {
        return differences.get(0);
    }

    /** Returns what ours does in addition, one sentence each, to be told beside the figures. */
    List<String> additions() {
        Object average = work.settings().get("movingAverage");
        return average == null || ((Number) average).doubleValue() == 0
                ? List.of()
                : List.of("gan4j keeps a moving average of weights; the PyTorch script does not.");
    }

    /** Returns the script's arguments for a form of training on random images. */
    List<String> arguments(String form) {
        List<String> all = new ArrayList<>(List.of("--form", form));
        all.addAll(List.of("--images", Integer.toString(work.images())));
        all.addAll(arguments());
        return all;
    }

    /** Returns the script's arguments for the networks and for how they are trained. */
    List<String> arguments() {
        Shape shape = work.samples().shape();
        List<String> all = new ArrayList<>(List.of("--variant", work.variant()));
        all.addAll(List.of("--size", Long.toString(shape.get(1))));
        all.addAll(List.of("--channels", Long.toString(shape.get(0))));
        all.addAll(List.of("--batch-size", Integer.toString(work.batchSize())));
        Device device = work.device();
        String name = device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
        all.addAll(List.of("--device", name, "--precision", work.precision().toString()));
        all.addAll(List.of("--threads", Integer.toString(work.threads())));
        all.addAll(List.of("--lr", text("generatorLearningRate"), "--beta1", text("beta1")));
        all.addAll(List.of("--beta2", text("beta2")));
        all.addAll(List.of("--discriminator-lr", text("discriminatorLearningRate")));
        all.addAll(arguments);
        return all;
    }

    private void require(String setting, Object value) {
        Object actual = work.settings().get(setting);
        if (!Objects.equals(value, actual)) {
            differences.add(
                    "The PyTorch script has %s %s only, not %s.".formatted(setting, value, actual));
        }
    }

    private String text(String setting) {
        Object value = work.settings().get(setting);
        return value instanceof Collection<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }
}
