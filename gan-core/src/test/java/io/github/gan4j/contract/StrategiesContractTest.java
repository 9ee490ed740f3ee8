package io.github.gan4j.contract;

import io.github.gan4j.Components;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.strategy.AlternatingStrategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy of ours keeps the contract. */
@ParameterizedClass
@MethodSource("strategies")
class StrategiesContractTest extends StrategyContract {

    private final TrainingStrategy strategy;

    StrategiesContractTest(TrainingStrategy strategy) {
        this.strategy = strategy;
    }

    static List<TrainingStrategy> strategies() {
        List<TrainingStrategy> strategies =
                new ArrayList<>(Components.list(TrainingStrategy.class));
        strategies.add(new AlternatingStrategy(3, true));
        return strategies;
    }

    @Override
    protected TrainingStrategy newStrategy() {
        return strategy;
    }
}
