package io.github.gan4j.models;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import java.util.function.Supplier;

/**
 * A variant whose settings are a {@link GameBuilder}; that says all about the game, so what is left
 * to tell is what the variant is called.
 *
 * @param <B> the settings
 */
public abstract class GanVariant<B extends GameBuilder<B>> implements Variant<B> {

    private final String name;
    private final String summary;
    private final long defaultSteps;
    private final Supplier<B> settings;

    /**
     * Constructs a variant.
     *
     * @param name the name that users call it by
     * @param summary authors, year, and the idea, in one line
     * @param defaultSteps how long it trains unless the user says so
     * @param settings makes settings that do not know the samples yet
     */
    protected GanVariant(String name, String summary, long defaultSteps, Supplier<B> settings) {
        this.name = name;
        this.summary = summary;
        this.defaultSteps = defaultSteps;
        this.settings = settings;
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
    public final long getDefaultSteps() {
        return defaultSteps;
    }

    @Override
    public final B newSettings(SampleSpec samples) {
        return newSettings(samples, defaultSteps);
    }

    @Override
    public final B newSettings(SampleSpec samples, long steps) {
        return settings.get().optDefaultsFor(samples).optDecayOver(steps);
    }

    @Override
    public final Gan build(B settings, SampleSpec samples) {
        if (settings.isConditional()) {
            samples.requireClasses(name);
        }
        return settings.build(samples);
    }
}
