package io.github.gan4j.datasets;

import java.awt.Dimension;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the size of the samples of a folder if the user names none. */
final class CommonSize {

    private static final Logger logger = LoggerFactory.getLogger(CommonSize.class);
    private static final Set<Integer> USUAL_SIZES = Set.of(28, 32, 64, 128);
    private static final int DEFAULT_SIZE = 64;

    private CommonSize() {}

    /** The pictures' own size if all are squares of the same usual size, else 64. */
    static int of(List<FolderScan.Entry> entries) {
        return of(entries, UnaryOperator.identity());
    }

    /**
     * The same for parts of pictures.
     *
     * @param part the size of the part that counts, from that of the whole
     */
    static int of(List<FolderScan.Entry> entries, UnaryOperator<Dimension> part) {
        int common = 0;
        for (FolderScan.Entry entry : entries) {
            Dimension each;
            try {
                each = part.apply(ImageDecoder.size(entry.path()));
            } catch (IOException e) {
                logger.debug("Left to be reported when decoded: {}", entry.name(), e);
                continue;
            }
            if (each.width != each.height || common != 0 && each.width != common) {
                return DEFAULT_SIZE;
            }
            common = each.width;
        }
        return USUAL_SIZES.contains(common) ? common : DEFAULT_SIZE;
    }
}
