package io.github.gan4j.metric;

import java.util.Set;

/** What measures say of themselves. */
abstract class AbstractMeasure implements Measure {

    private final String name;
    private final String summary;
    private final boolean lowerBetter;
    private final Set<Evidence.Part> realParts;
    private final Set<Evidence.Part> fakeParts;

    AbstractMeasure(
            String name,
            String summary,
            boolean lowerBetter,
            Set<Evidence.Part> realParts,
            Set<Evidence.Part> fakeParts) {
        this.name = name;
        this.summary = summary;
        this.lowerBetter = lowerBetter;
        this.realParts = realParts;
        this.fakeParts = fakeParts;
    }

    @Override
    public final String getName() {
        return name;
    }

    @Override
    public final String getSummary() {
        return summary;
    }

    @Override
    public final boolean isLowerBetter() {
        return lowerBetter;
    }

    @Override
    public final Set<Evidence.Part> getRealParts() {
        return realParts;
    }

    @Override
    public final Set<Evidence.Part> getFakeParts() {
        return fakeParts;
    }
}
