package io.github.gan4j.dirac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.github.gan4j.Component;
import io.github.gan4j.Components;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Loss;
import io.github.gan4j.Penalty;
import io.github.gan4j.TestSupport;
import io.github.gan4j.TrainingStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Dirac-GAN (Mescheder et al. 2018, section 2): the generator is one point theta, the data one
 * point, the discriminator the line psi x. Each step of every loss, penalty and strategy has a
 * closed form, and the theory says which of them end at the equilibrium.
 */
class DiracGanTest {

    private static final double RATE = 0.1;
    private static final String NONE = "none";

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<Arguments> lossesAndPenalties() {
        List<Arguments> all = new ArrayList<>();
        for (String loss : DiracForms.LOSSES.keySet()) {
            all.add(Arguments.of(loss, NONE));
            DiracForms.PENALTIES.keySet().forEach(p -> all.add(Arguments.of(loss, p)));
        }
        return all.stream();
    }

    /** Whoever adds an idea of a paper works its closed form out here. */
    @ParameterizedTest
    @ValueSource(classes = {Loss.class, Penalty.class, TrainingStrategy.class})
    void should_have_the_closed_form_of_everything(Class<? extends Component> type) {
        for (Component component : Components.list(type)) {
            assertThat(DiracForms.of(component, DiracForms.ofType(type)))
                    .as("closed forms of %s; add one to DiracForms", component.getName())
                    .isNotEmpty();
        }
    }

    /** Two steps, with the data beside the origin, so that real samples have slopes too. */
    @ParameterizedTest
    @MethodSource("lossesAndPenalties")
    void should_take_the_steps_of_the_closed_form(String loss, String penalty) {
        DiracForms.STRATEGIES.forEach(
                (spec, form) -> {
                    TrainingStrategy strategy = Components.parse(TrainingStrategy.class, spec);
                    if (!isWorthwhile(loss, penalty, spec)) {
                        return;
                    }
                    if (penalty.startsWith("clip") && spec.startsWith("unrolled")) {
                        assertThatThrownBy(() -> game(0.3f, loss, penalty, strategy))
                                .isInstanceOf(InvalidInputException.class)
                                .hasMessageContaining("cannot look through the constraint clip");
                        return;
                    }
                    DiracOracle oracle = oracle(RATE, 0.3, loss, penalty);
                    oracle.place(1, 1.2);
                    try (DiracGame game = game(0.3f, loss, penalty, strategy)) {
                        game.place(1, 1.2);
                        for (int step = 1; step <= 2; step++) {
                            oracle.play(form, 1);
                            game.play(1);
                            assertThat(new double[] {game.getTheta(), game.getPsi()})
                                    .as("theta and psi after step %d of %s", step, spec)
                                    .containsExactly(
                                            new double[] {oracle.getTheta(), oracle.getPsi()},
                                            within(2e-6));
                        }
                    }
                });
    }

    /**
     * All with all, by their first forms; further options of one with a few forms of the others.
     */
    private static boolean isWorthwhile(String loss, String penalty, String strategy) {
        int others = 0;
        others += isFirst(loss, DiracForms.LOSSES) ? 0 : 1;
        others += isFirst(penalty, DiracForms.PENALTIES) ? 0 : 1;
        others += isFirst(strategy, DiracForms.STRATEGIES) ? 0 : 1;
        boolean plain =
                loss.startsWith("non-saturating")
                        && (penalty.startsWith("r1")
                                || penalty.startsWith("lecam")
                                || penalty.startsWith("gp="));
        return others == 0 || plain || others == 1 && penalty.equals(NONE);
    }

    private static boolean isFirst(String spec, Map<String, ?> forms) {
        String name = spec.split("[=:]")[0];
        return spec.equals(NONE)
                || forms.keySet().stream()
                        .filter(form -> form.split("[=:]")[0].equals(name))
                        .findFirst()
                        .orElseThrow()
                        .equals(spec);
    }

    private DiracGame game(float data, String loss, String penalty, TrainingStrategy strategy) {
        return new DiracGame(
                manager,
                RATE,
                data,
                Components.parse(Loss.class, loss),
                penalty.equals(NONE) ? null : Components.parse(Penalty.class, penalty),
                strategy);
    }

    private static DiracOracle oracle(double rate, double data, String loss, String penalty) {
        if (penalty.equals(NONE)) {
            return new DiracOracle(
                    rate, data, DiracForms.LOSSES.get(loss), null, 1, Double.POSITIVE_INFINITY);
        }
        Penalty parsed = Components.parse(Penalty.class, penalty);
        Object bound = Components.getOptions(parsed).get("bound");
        return new DiracOracle(
                rate,
                data,
                DiracForms.LOSSES.get(loss),
                DiracForms.PENALTIES.get(penalty).get(),
                parsed.getInterval(),
                bound == null ? Double.POSITIVE_INFINITY : (float) bound);
    }

    /** Simultaneous descent on the bilinear game multiplies the squared radius by 1 + rate^2. */
    @Test
    void should_spiral_outwards_without_a_penalty() {
        TrainingStrategy strategy = Components.parse(TrainingStrategy.class, "simultaneous");
        try (DiracGame game = game(0, "wasserstein", NONE, strategy)) {
            game.place(1, 0);
            game.play(40);

            double radius = game.getTheta() * game.getTheta() + game.getPsi() * game.getPsi();
            assertThat(radius).isEqualTo(Math.pow(1 + RATE * RATE, 40), within(1e-4));
        }
    }

    /** Alternating descent conserves theta^2 + psi^2 - rate theta psi: it runs in circles. */
    @Test
    void should_run_in_circles_if_the_players_alternate() {
        TrainingStrategy strategy = Components.parse(TrainingStrategy.class, "alternating");
        try (DiracGame game = game(0, "wasserstein", NONE, strategy)) {
            game.place(1, 0);
            game.play(40);

            double theta = game.getTheta();
            double psi = game.getPsi();
            assertThat(theta * theta + psi * psi - RATE * theta * psi).isEqualTo(1, within(1e-4));
        }
    }

    @Test
    void should_come_to_rest_with_r1() {
        TrainingStrategy strategy = Components.parse(TrainingStrategy.class, "simultaneous");
        try (DiracGame game = game(0, "non-saturating", "r1=0.8", strategy)) {
            game.place(1, 1);
            game.play(220);

            assertThat(game.getTheta()).isEqualTo(0, within(1e-3));
            assertThat(game.getPsi()).isEqualTo(0, within(1e-3));
        }
    }

    static Stream<String> strategies() {
        return DiracForms.STRATEGIES.keySet().stream();
    }

    /**
     * Where the game goes in the long run, by the closed form, which is that of the code: to the
     * equilibrium with R1, R2 and the zero-centred gradient penalty (Mescheder et al. 2018, theorem
     * 4.1; Thanh-Tung et al. 2019), or if the players look ahead (Gidel et al. 2019; Metz et al.
     * 2017). Not with any other penalty, where plain descent is unstable or only goes round (lemmas
     * 2.3 and 2.4). And never with a penalty that wants slopes of one (lemma 4.3 and section 4.1:
     * WGAN-GP and DRAGAN), for at the equilibrium the slope is zero.
     */
    @ParameterizedTest
    @MethodSource("strategies")
    void should_converge_where_theory_says_so_and_nowhere_else(String spec) {
        Consumer<DiracOracle> strategy = DiracForms.STRATEGIES.get(spec);
        boolean looksAhead = spec.startsWith("extra") || spec.startsWith("unrolled");
        List<String> penalties = new ArrayList<>(List.of(NONE));
        penalties.addAll(DiracForms.PENALTIES.keySet());
        for (String loss : DiracForms.LOSSES.keySet()) {
            // Its target of zero for generated samples gives psi no reason to move.
            boolean hasForce = !loss.equals("least-squares");
            for (String penalty : penalties) {
                String name = penalty.split("=")[0];
                boolean damped = List.of("r1", "r2", "gp0").contains(name);
                boolean steep = List.of("gp=0.8", "dragan=0.8").contains(penalty);
                DiracOracle oracle = oracle(0.2, 0, loss, penalty);
                oracle.place(0.5, 0.5);
                oracle.play(strategy, 6000);
                double distance = Math.hypot(oracle.getTheta(), oracle.getPsi());
                if (hasForce && (damped || looksAhead && !steep)) {
                    assertThat(distance).as("%s, %s", loss, penalty).isLessThan(1e-9);
                } else {
                    assertThat(distance).as("%s, %s", loss, penalty).isGreaterThan(5e-3);
                }
            }
        }
    }
}
