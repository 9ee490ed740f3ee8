package io.github.gan4j.models.translation;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;

/**
 * What the variants that translate have in common.
 *
 * @param <B> their settings
 */
public abstract class TranslationVariant<B extends TranslationBuilder<B>> implements Variant<B> {

    /** Constructs a variant. */
    protected TranslationVariant() {}

    /**
     * Makes settings with the defaults of the paper for 256 pixels.
     *
     * @return a builder
     */
    protected abstract B newBuilder();

    @Override
    public final B newSettings(SampleSpec samples) {
        return newSettings(samples, getDefaultSteps());
    }

    @Override
    public final B newSettings(SampleSpec samples, long steps) {
        return newBuilder().optDefaultsFor(samples).optDecayOver(steps);
    }

    @Override
    public final Gan build(B settings, SampleSpec samples) {
        return settings.build(samples);
    }

    @Override
    public long getDefaultSteps() {
        return 5000;
    }
}
