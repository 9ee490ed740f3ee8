package io.github.gan4j.datasets.tools;

import io.github.gan4j.datasets.IdxFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses reproducibly: Java's gzip header holds neither a time nor a file name. */
final class Gzip {

    private Gzip() {}

    static byte[] compress(IdxFile content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Best out = new Best(bytes)) {
            content.write(out);
        }
        return bytes.toByteArray();
    }

    private static final class Best extends GZIPOutputStream {

        Best(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
