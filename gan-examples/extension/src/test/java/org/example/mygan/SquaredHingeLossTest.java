package org.example.mygan;

import io.github.gan4j.Loss;
import io.github.gan4j.contract.LossContract;

class SquaredHingeLossTest extends LossContract {

    @Override
    protected Loss newLoss() {
        return new SquaredHingeLoss();
    }
}
