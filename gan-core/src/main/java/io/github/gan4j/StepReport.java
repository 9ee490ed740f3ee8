package io.github.gan4j;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What happened in one step.
 *
 * @param step the number of steps done, this one included
 * @param epoch the number of epochs done
 * @param values the terms and reports of each player, as {@code player/term}; and, where a listener
 *     wanted them, {@code player/gradient norm}. Of several turns of a player the last counts
 * @param milliseconds the time that the step took
 */
public record StepReport(long step, long epoch, Map<String, Float> values, double milliseconds) {

    /**
     * Constructs a report.
     *
     * @param step the number of steps done, this one included
     * @param epoch the number of epochs done
     * @param values the terms and reports of each player
     * @param milliseconds the time that the step took
     */
    public StepReport {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
