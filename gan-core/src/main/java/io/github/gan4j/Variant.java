package io.github.gan4j;

/**
 * A GAN by name: its networks, and its paper's defaults. Found by {@link java.util.ServiceLoader},
 * so a variant of one's own is at hand on the command line once its jar is on the class path.
 *
 * @param <S> the settings: a class with a field for each hyper-parameter, set to its default. Its
 *     fields are what users set by name, and what a run's configuration holds
 */
public interface Variant<S> {

    /**
     * Returns the name that users call the variant by.
     *
     * @return for instance {@code "dcgan"}
     */
    String getName();

    /**
     * Returns what it is, in one line.
     *
     * @return authors, year, and the idea
     */
    String getSummary();

    /**
     * Makes settings with the defaults.
     *
     * @param samples what the data set holds, for defaults that depend on it
     * @return settings
     */
    S newSettings(SampleSpec samples);

    /**
     * Makes settings with the defaults for a training of some length. They are written into the
     * run's configuration, so that a run that is resumed for longer keeps them.
     *
     * @param samples what the data set holds, for defaults that depend on it
     * @param steps the number of steps, for schedules that depend on it
     * @return settings; those of {@link #newSettings(SampleSpec)} unless overridden
     */
    default S newSettings(SampleSpec samples, long steps) {
        return newSettings(samples);
    }

    /**
     * Returns what the variant is trained on.
     *
     * @return samples of one domain, or pictures of two, unpaired or paired; one unless overridden
     */
    default Domains getDomains() {
        return Domains.ONE;
    }

    /**
     * Builds the game.
     *
     * @param settings the settings
     * @param samples what the data set holds
     * @return the game, its networks not yet initialised
     * @throws InvalidInputException if a setting is out of range, or the networks cannot have the
     *     size of the samples
     */
    Gan build(S settings, SampleSpec samples);

    /**
     * Returns the data set that the variant is trained on unless the user names one.
     *
     * @return {@code "digits"} unless overridden
     */
    default String getDefaultDataset() {
        return "digits";
    }

    /**
     * Returns the number of steps that a training takes unless the user gives one.
     *
     * @return 2000 unless overridden
     */
    default long getDefaultSteps() {
        return 2000;
    }

    /**
     * Returns the number of samples in a batch unless the user gives one.
     *
     * @return 64 unless overridden
     */
    default int getDefaultBatchSize() {
        return 64;
    }
}
