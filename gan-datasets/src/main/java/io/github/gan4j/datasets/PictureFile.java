package io.github.gan4j.datasets;

import java.io.IOException;

/**
 * A picture in a file.
 *
 * @param entry the file
 * @param background the colour behind transparent pixels
 * @param preparation what is done to the decoded picture
 */
record PictureFile(FolderScan.Entry entry, int background, Preparation preparation)
        implements PictureSource {

    /** What is done to a decoded picture, or why it is of no use. */
    interface Preparation {

        Pixels apply(Pixels pixels) throws IOException;
    }

    @Override
    public String name() {
        return entry.name();
    }

    @Override
    public Pixels decode() throws IOException {
        return preparation.apply(ImageDecoder.decode(entry.path(), background));
    }
}
