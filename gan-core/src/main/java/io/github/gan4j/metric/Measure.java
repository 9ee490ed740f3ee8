package io.github.gan4j.metric;

import java.util.Map;
import java.util.Set;

/**
 * A measure of sample quality by name. Found by {@link java.util.ServiceLoader}, so a measure of
 * one's own is at hand on the command line once its jar is on the class path.
 *
 * <p>Implementations have a public constructor without arguments and are listed in {@code
 * META-INF/services/io.github.gan4j.metric.Measure}.
 */
public interface Measure {

    /**
     * Returns the name that users call the measure by, which is also the name of its main value.
     *
     * @return lower-case letters, and hyphens between them, such as {@code "fid"}
     */
    String getName();

    /**
     * Returns what it is, in one line.
     *
     * @return the idea, authors and year
     */
    String getSummary();

    /**
     * Returns what must be known of real samples.
     *
     * @return the parts; none if the measure looks at generated samples only
     */
    Set<Evidence.Part> getRealParts();

    /**
     * Returns what must be known of generated samples.
     *
     * @return the parts
     */
    Set<Evidence.Part> getFakeParts();

    /**
     * Tells which way the main value is good.
     *
     * @return whether less is better
     */
    boolean isLowerBetter();

    /**
     * Tells whether features are scaled to unit length before they are measured; the name of the
     * protocol says so, see {@link ProtocolName}.
     *
     * @return whether they are; no unless overridden
     */
    default boolean isOnUnitFeatures() {
        return false;
    }

    /**
     * Tells whether it is measured unless the user says what to measure.
     *
     * @return whether it is; yes unless overridden
     */
    default boolean isUsual() {
        return true;
    }

    /**
     * Tells whether the real samples must be all of those that the model was trained on, rather
     * than others of the same distribution.
     *
     * @return whether they must; no unless overridden
     */
    default boolean isAgainstTraining() {
        return false;
    }

    /**
     * Measures.
     *
     * @param real what is known of real samples, with the {@link #getRealParts}; the data is not
     *     changed
     * @param fake what is known of generated samples, with the {@link #getFakeParts}
     * @param seed the seed of whatever the measure chooses by chance
     * @return values by name, the main one under {@link #getName} and others under names that begin
     *     so or say more
     * @throws io.github.gan4j.InvalidInputException if a part is missing, or there is too little to
     *     measure; one line that says what to do
     */
    Map<String, Double> evaluate(Evidence real, Evidence fake, long seed);
}
