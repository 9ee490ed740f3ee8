package org.example.mygan;

import io.github.gan4j.Penalty;
import io.github.gan4j.contract.PenaltyContract;

class JensenShannonPenaltyTest extends PenaltyContract {

    @Override
    protected Penalty newPenalty() {
        return new JensenShannonPenalty();
    }
}
