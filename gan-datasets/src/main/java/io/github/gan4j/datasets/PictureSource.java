package io.github.gan4j.datasets;

import java.io.IOException;

/** A picture, or a pair of pictures side by side, that can be decoded and may turn out damaged. */
interface PictureSource {

    /** The name, for messages. */
    String name();

    /**
     * Reads the picture and prepares it for its data set.
     *
     * @throws IOException if that cannot be done; the message says why
     */
    Pixels decode() throws IOException;
}
