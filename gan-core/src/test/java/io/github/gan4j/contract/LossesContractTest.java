package io.github.gan4j.contract;

import io.github.gan4j.Components;
import io.github.gan4j.Loss;
import io.github.gan4j.loss.NonSaturatingLoss;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loss of ours keeps the contract. */
@ParameterizedClass
@MethodSource("losses")
class LossesContractTest extends LossContract {

    private final Loss loss;

    LossesContractTest(Loss loss) {
        this.loss = loss;
    }

    static List<Loss> losses() {
        List<Loss> losses = new ArrayList<>(Components.list(Loss.class));
        losses.add(new NonSaturatingLoss(0.9f, 0.1f));
        losses.add(Components.parse(Loss.class, "least-squares:flip=0.1"));
        return losses;
    }

    @Override
    protected Loss newLoss() {
        return loss;
    }
}
