package io.github.gan4j.data;

import io.github.gan4j.Domains;
import io.github.gan4j.InvalidInputException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user may wish of a data set. Immutable; start from {@link #defaults()}:
 *
 * <pre>{@code
 * DatasetOptions.defaults().withSize(32).withChannels(1).withTest(true)
 * }</pre>
 */
public final class DatasetOptions {

    /** The smallest picture that may be asked for, in pixels. */
    public static final int MIN_SIZE = 4;

    /** The largest picture that may be asked for, in pixels. */
    public static final int MAX_SIZE = 1024;

    private static final int WHITE = 0xFFFFFF;

    private static final DatasetOptions DEFAULTS = new DatasetOptions();

    private Integer size;
    private Integer channels;
    private boolean strict;
    private Fit fit = Fit.CROP;
    private boolean test;
    private int background = WHITE;
    private String repository;
    private Augmentation augmentation = Augmentation.none();
    private Domains domains;
    private Integer limit;

    private DatasetOptions() {}

    /** Copies options; the copy is changed in one place and then handed out. */
    private DatasetOptions(DatasetOptions other) {
        size = other.size;
        channels = other.channels;
        strict = other.strict;
        fit = other.fit;
        test = other.test;
        background = other.background;
        repository = other.repository;
        augmentation = other.augmentation;
        domains = other.domains;
        limit = other.limit;
    }

    /** How a picture that is not square becomes square. */
    public enum Fit {
        /** The central square is cut out. */
        CROP,
        /** The whole picture is kept, centred, with background beside it. */
        PAD
    }

    /**
     * Returns the options of a user without wishes.
     *
     * @return the set's own size and channels, the training samples, bad files skipped, crop, white
     *     background, no repository, no augmentation
     */
    public static DatasetOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with another picture size.
     *
     * @param size the height and width in pixels, 4 to 1024; {@code null} for the set's own
     * @return new options
     * @throws InvalidInputException if the size is out of range
     */
    public DatasetOptions withSize(Integer size) {
        if (size != null && (size < MIN_SIZE || size > MAX_SIZE)) {
            throw new InvalidInputException(
                    "Image size %d is out of range: use a size of %d to %d pixels."
                            .formatted(size, MIN_SIZE, MAX_SIZE));
        }
        DatasetOptions next = new DatasetOptions(this);
        next.size = size;
        return next;
    }

    /**
     * Returns these options with another number of channels.
     *
     * @param channels 1 for grey, 3 for colour; {@code null} for the set's own
     * @return new options
     * @throws InvalidInputException if it is another number
     */
    public DatasetOptions withChannels(Integer channels) {
        if (channels != null && channels != 1 && channels != 3) {
            throw new InvalidInputException(
                    "%d channels are not possible: use 1 for grey or 3 for colour."
                            .formatted(channels));
        }
        DatasetOptions next = new DatasetOptions(this);
        next.channels = channels;
        return next;
    }

    /**
     * Returns these options with another treatment of unreadable files.
     *
     * @param strict whether an unreadable file is an error; otherwise it is named and skipped
     * @return new options
     */
    public DatasetOptions withStrict(boolean strict) {
        DatasetOptions next = new DatasetOptions(this);
        next.strict = strict;
        return next;
    }

    /**
     * Returns these options with another treatment of pictures that are not square.
     *
     * @param fit whether to crop or to pad
     * @return new options
     */
    public DatasetOptions withFit(Fit fit) {
        Objects.requireNonNull(fit, "fit");
        DatasetOptions next = new DatasetOptions(this);
        next.fit = fit;
        return next;
    }

    /**
     * Returns these options for another part of the data.
     *
     * @param test whether to open the test samples; otherwise the training samples
     * @return new options
     */
    public DatasetOptions withTest(boolean test) {
        DatasetOptions next = new DatasetOptions(this);
        next.test = test;
        return next;
    }

    /**
     * Returns these options with another background.
     *
     * @param background the colour {@code 0xRRGGBB} behind transparent pixels and beside padded
     *     pictures of a folder
     * @return new options
     * @throws InvalidInputException if it is no colour
     */
    public DatasetOptions withBackground(int background) {
        if (background < 0 || background > WHITE) {
            throw new InvalidInputException(
                    "Background %d is not a colour: use 0x000000 (black) to 0xFFFFFF (white)."
                            .formatted(background));
        }
        DatasetOptions next = new DatasetOptions(this);
        next.background = background;
        return next;
    }

    /**
     * Returns these options with another source of DJL's data sets.
     *
     * @param repository the folder or URL of a DJL repository; {@code null} for DJL's own
     * @return new options
     */
    public DatasetOptions withRepository(String repository) {
        DatasetOptions next = new DatasetOptions(this);
        next.repository = repository;
        return next;
    }

    /**
     * Returns these options with another augmentation, for data sets that know of it: those of
     * {@link TranslationDataset}.
     *
     * @param augmentation how pictures are scaled, cropped and mirrored
     * @return new options
     */
    public DatasetOptions withAugmentation(Augmentation augmentation) {
        Objects.requireNonNull(augmentation, "augmentation");
        DatasetOptions next = new DatasetOptions(this);
        next.augmentation = augmentation;
        return next;
    }

    /**
     * Returns these options for fewer training samples: so many of them at random, the same in
     * every run. Test samples are not limited.
     *
     * @param limit how many at most, 2 or more; {@code null} for all
     * @return new options
     * @throws InvalidInputException if it is less than 2
     */
    public DatasetOptions withLimit(Integer limit) {
        if (limit != null && limit < 2) {
            throw new InvalidInputException(
                    "A data set of %d samples is too small: use a limit of 2 or more."
                            .formatted(limit));
        }
        DatasetOptions next = new DatasetOptions(this);
        next.limit = limit;
        return next;
    }

    /**
     * Returns these options with another wish for domains.
     *
     * @param domains one for samples to draw more of, paired or unpaired ones for translation;
     *     {@code null} for what the set holds
     * @return new options
     */
    public DatasetOptions withDomains(Domains domains) {
        DatasetOptions next = new DatasetOptions(this);
        next.domains = domains;
        return next;
    }

    /**
     * Returns the requested height and width.
     *
     * @return pixels; empty for the set's own
     */
    public OptionalInt getSize() {
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }

    /**
     * Returns the requested number of channels.
     *
     * @return 1 or 3; empty for the set's own
     */
    public OptionalInt getChannels() {
        return channels == null ? OptionalInt.empty() : OptionalInt.of(channels);
    }

    /**
     * Tells whether an unreadable file is an error.
     *
     * @return whether it is; otherwise it is skipped
     */
    public boolean isStrict() {
        return strict;
    }

    /**
     * Returns what becomes of pictures that are not square.
     *
     * @return crop or pad
     */
    public Fit getFit() {
        return fit;
    }

    /**
     * Tells which part of the data is wanted.
     *
     * @return true for the test samples, false for the training samples
     */
    public boolean isTest() {
        return test;
    }

    /**
     * Returns the background.
     *
     * @return the colour {@code 0xRRGGBB}
     */
    public int getBackground() {
        return background;
    }

    /**
     * Returns the source of DJL's data sets.
     *
     * @return a folder or URL; empty for DJL's own
     */
    public Optional<String> getRepository() {
        return Optional.ofNullable(repository);
    }

    /**
     * Returns how pictures are scaled, cropped and mirrored.
     *
     * @return the augmentation, by default none
     */
    public Augmentation getAugmentation() {
        return augmentation;
    }

    /**
     * Returns the wish for domains.
     *
     * @return one domain, or two, paired or unpaired; empty for what the set holds
     */
    public Optional<Domains> getDomains() {
        return Optional.ofNullable(domains);
    }

    /**
     * Returns how many training samples are taken.
     *
     * @return the number; empty for all
     */
    public OptionalInt getLimit() {
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }
}
