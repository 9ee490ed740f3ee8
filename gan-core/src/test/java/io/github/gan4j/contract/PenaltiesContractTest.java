package io.github.gan4j.contract;

import io.github.gan4j.Components;
import io.github.gan4j.Penalty;
import io.github.gan4j.penalty.GradientPenalty;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every penalty of ours keeps the contract. */
@ParameterizedClass
@MethodSource("penalties")
class PenaltiesContractTest extends PenaltyContract {

    private final Penalty penalty;

    PenaltiesContractTest(Penalty penalty) {
        this.penalty = penalty;
    }

    static List<Penalty> penalties() {
        List<Penalty> penalties = new ArrayList<>(Components.list(Penalty.class));
        penalties.add(new GradientPenalty(10, 4, true));
        return penalties;
    }

    @Override
    protected Penalty newPenalty() {
        return penalty;
    }
}
