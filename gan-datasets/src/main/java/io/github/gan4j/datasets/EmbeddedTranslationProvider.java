package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.SampleDataset;
import java.io.IOException;

/** Opens one of the {@link EmbeddedTranslation} sets. */
public abstract sealed class EmbeddedTranslationProvider implements DatasetProvider {

    private final String name;
    private final String summary;

    private EmbeddedTranslationProvider(String name, String summary) {
        this.name = name;
        this.summary = summary;
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
    public final SampleDataset open(String source, DatasetOptions options) throws IOException {
        return TranslationDatasets.as(EmbeddedTranslation.open(name, options), options);
    }

    /** Opens emoji by two designers, unpaired. */
    public static final class Emoji extends EmbeddedTranslationProvider {

        /** Constructs a provider. */
        public Emoji() {
            super(
                    EmbeddedTranslation.EMOJI,
                    "emoji by two designers, 32x32 colour, unpaired, 681 and 680; comes with the"
                            + " program");
        }
    }

    /** Opens pairs of line drawing and picture. */
    public static final class Sketch extends EmbeddedTranslationProvider {

        /** Constructs a provider. */
        public Sketch() {
            super(
                    EmbeddedTranslation.SKETCH,
                    "1,392 pairs of line drawing and colour, 32x32; comes with the program");
        }
    }

    /** Opens emoji with light and with dark skin, unpaired. */
    public static final class Tones extends EmbeddedTranslationProvider {

        /** Constructs a provider. */
        public Tones() {
            super(
                    EmbeddedTranslation.TONES,
                    "emoji with light and dark skin, 32x32, unpaired, 127 and 126; comes with the"
                            + " program");
        }
    }
}
