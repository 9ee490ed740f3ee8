package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The full name of a measured number, which says how it was measured: {@code fid10k-digits-v1} is
 * the FID of 10,000 generated samples against as many real ones, all of them drawn at random, with
 * version 1 of the extractor {@code digits}; {@code coverage2048-digits-v1-unit} is the coverage of
 * 2048 samples whose features were scaled to unit length. Numbers of different protocols must never
 * stand in one column.
 *
 * @param measure the name of the value: lower-case letters, and hyphens between them
 * @param samples the number of generated samples, and of real ones
 * @param extractor the name of the extractor, with its version; {@code pixels} for measures of the
 *     pictures themselves
 * @param unit whether features were scaled to unit length
 */
public record ProtocolName(String measure, int samples, String extractor, boolean unit) {

    private static final String UNIT = "-unit";
    private static final Pattern MEASURE = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern EXTRACTOR = Pattern.compile("[A-Za-z0-9]+([-._][A-Za-z0-9]+)*");
    private static final Pattern NAME =
            Pattern.compile("(?<measure>[a-z-]+)(?<count>[0-9]{1,9})(?<k>k?)-(?<rest>.+)");

    /**
     * Constructs a name.
     *
     * @param measure the name of the value
     * @param samples the number of samples of either kind
     * @param extractor the name of the extractor
     * @param unit whether features were scaled to unit length
     * @throws InvalidInputException if a part has another form, so that the whole could not be read
     *     back
     */
    public ProtocolName {
        if (!MEASURE.matcher(measure).matches()) {
            throw new InvalidInputException(
                    "'%s' cannot name a measure; use lower-case letters, and hyphens between them."
                            .formatted(measure));
        }
        if (samples < 1) {
            throw new InvalidInputException(
                    "A protocol needs at least one sample, not " + samples + ".");
        }
        if (!EXTRACTOR.matcher(extractor).matches() || extractor.endsWith(UNIT)) {
            throw new InvalidInputException(
                    ("'%s' cannot name an extractor in a protocol;"
                                    + " use letters and digits, with '-', '.' or '_' between, and"
                                    + " no '-unit' at the end.")
                            .formatted(extractor));
        }
    }

    /**
     * Names a value that a measure returned.
     *
     * @param measure the measure
     * @param value the name of the value, a key of what {@link Measure#evaluate} returned
     * @param samples the number of generated samples, and of real ones
     * @param extractor the name of the extractor; measures of pictures do not use it
     * @return the name
     * @throws InvalidInputException if a part cannot be in a name
     */
    public static ProtocolName of(Measure measure, String value, int samples, String extractor) {
        boolean pictures =
                measure.getFakeParts().contains(Evidence.Part.IMAGES)
                        && measure.getFakeParts().size() == 1;
        return new ProtocolName(
                value, samples, pictures ? "pixels" : extractor, measure.isOnUnitFeatures());
    }

    /**
     * Reads a name.
     *
     * @param name for instance {@code fid10k-digits-v1}
     * @return its parts
     * @throws InvalidInputException if it is no such name
     */
    public static ProtocolName parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "'%s' names no protocol; one looks like fid10k-digits-v1.".formatted(name));
        }
        long samples = Long.parseLong(matcher.group("count"));
        samples *= matcher.group("k").isEmpty() ? 1 : 1000;
        if (samples > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    "'%s' names no protocol: it has too many samples.".formatted(name));
        }
        String rest = matcher.group("rest");
        boolean unit = rest.endsWith(UNIT);
        String extractor = unit ? rest.substring(0, rest.length() - UNIT.length()) : rest;
        return new ProtocolName(matcher.group("measure"), (int) samples, extractor, unit);
    }

    /**
     * Refuses to put a number beside one of another protocol.
     *
     * @param other the name of the other number
     * @throws InvalidInputException if it was measured in another way
     */
    public void requireSame(ProtocolName other) {
        if (!equals(other)) {
            throw new InvalidInputException(
                    "%s and %s cannot be compared; measure both in one way."
                            .formatted(this, other));
        }
    }

    /**
     * Returns the name.
     *
     * @return for instance {@code fid10k-digits-v1}; whole thousands are written with k
     */
    @Override
    public String toString() {
        String count = samples % 1000 == 0 ? samples / 1000 + "k" : String.valueOf(samples);
        return measure + count + "-" + extractor + (unit ? UNIT : "");
    }
}
