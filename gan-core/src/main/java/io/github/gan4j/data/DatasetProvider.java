package io.github.gan4j.data;

import java.io.IOException;

/**
 * Opens a data set that is known by name: the door through which a jar on the class path adds one.
 *
 * <p>Implementations have a public constructor without arguments and are listed in {@code
 * META-INF/services/io.github.gan4j.data.DatasetProvider}. Constructing one must cost nothing and
 * reach for nothing; {@link #open} does the work.
 */
public interface DatasetProvider {

    /**
     * Returns the name that users ask for.
     *
     * @return lower-case words joined by hyphens, such as {@code fashion-mnist}; or, for a provider
     *     that serves no fixed name, what stands for it in a list, in angle brackets, such as
     *     {@code <folder>}
     */
    String getName();

    /**
     * Returns one line about the data set.
     *
     * @return what it holds, how large it is, and whether anything is downloaded
     */
    String getSummary();

    /**
     * Tells whether this provider opens what the user typed. A provider whose very name was typed
     * comes before all that merely accept it.
     *
     * @param source a name or a path
     * @return by default, whether the source is the name
     */
    default boolean accepts(String source) {
        return getName().equals(source);
    }

    /**
     * Opens the data set.
     *
     * @param source what the user typed, accepted by {@link #accepts}
     * @param options the wishes of the user
     * @return the data set, ready to be read
     * @throws IOException if reading fails for a reason that the user cannot mend
     * @throws io.github.gan4j.InvalidInputException if the user can mend it; one line that says how
     */
    SampleDataset open(String source, DatasetOptions options) throws IOException;
}
