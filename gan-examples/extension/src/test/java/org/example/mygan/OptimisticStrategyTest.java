package org.example.mygan;

import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.contract.StrategyContract;

class OptimisticStrategyTest extends StrategyContract {

    @Override
    protected TrainingStrategy newStrategy() {
        return new OptimisticStrategy();
    }
}
