package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.torch.Operators;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The named terms of an objective: their sum is minimised, each is logged. */
public final class Terms {

    private final List<String> names = new ArrayList<>();
    private final NDList values = new NDList();
    private final List<String> reportNames = new ArrayList<>();
    private final NDList reports = new NDList();

    /**
     * Adds a term to the objective.
     *
     * @param name the name in logs and errors, for instance {@code "loss"} or {@code "r1"}
     * @param value a scalar
     * @return these terms
     */
    public Terms add(String name, NDArray value) {
        names.add(name);
        values.add(value);
        return this;
    }

    /**
     * Adds a figure that is logged and not minimised.
     *
     * @param name the name in logs
     * @param value a scalar
     * @return these terms
     */
    public Terms report(String name, NDArray value) {
        reportNames.add(name);
        reports.add(value);
        return this;
    }

    /** Adds all terms and reports of others. */
    void addAll(Terms others) {
        names.addAll(others.names);
        values.addAll(others.values);
        reportNames.addAll(others.reportNames);
        reports.addAll(others.reports);
    }

    /** Tells whether there is nothing to minimise. */
    boolean isEmpty() {
        return values.isEmpty();
    }

    /** The sum of all terms that are minimised. */
    NDArray sum() {
        if (values.isEmpty()) {
            throw new IllegalStateException("An objective returned no term; add at least one.");
        }
        NDArray sum = values.get(0);
        for (int i = 1; i < values.size(); i++) {
            sum = sum.add(values.get(i));
        }
        return sum;
    }

    /**
     * Reads all values in one go, in the order in which they were added, reports last. Values of
     * the same name add up.
     */
    Map<String, Float> read() {
        float[] floats = Operators.toFloats(new NDList(values).addAll(reports));
        Map<String, Float> result = new LinkedHashMap<>();
        for (int i = 0; i < floats.length; i++) {
            int report = i - names.size();
            result.merge(
                    report < 0 ? names.get(i) : reportNames.get(report), floats[i], Float::sum);
        }
        return result;
    }

    boolean isMinimised(String name) {
        return names.contains(name);
    }
}
