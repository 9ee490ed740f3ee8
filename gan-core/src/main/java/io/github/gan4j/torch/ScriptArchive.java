package io.github.gan4j.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive that holds one module without parameters, made of source text.
 *
 * <p>The format is a zip of stored (not deflated) entries: the pickled module object, its source
 * text, its constants and the version of the format.
 */
final class ScriptArchive {

    private static final String ROOT = "gan4j/";

    /**
     * The pickle, protocol 2, of {@code __torch__.F()} with the attribute {@code training=False}.
     */
    private static final byte[] MODULE =
            latin1("\u0080\u0002c__torch__\nF\n)\u0081}(X\b\0\0\0training\u0089ub.");

    /** The pickle, protocol 2, of an empty tuple. */
    private static final byte[] NO_CONSTANTS = latin1("\u0080\u0002).");

    private ScriptArchive() {}

    /**
     * Writes the archive of a module whose method {@code forward} is given.
     *
     * @param forward the method's source, {@code def forward(self, ...)} and its body, indented by
     *     two blanks
     * @return the bytes of the archive
     */
    static byte[] of(String forward) {
        String source =
                "class F(Module):\n"
                        + "  __parameters__ = []\n"
                        + "  __buffers__ = []\n"
                        + "  training : bool\n"
                        + forward;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            add(zip, "data.pkl", MODULE);
            add(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            add(zip, "constants.pkl", NO_CONSTANTS);
            add(zip, "version", latin1("3\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
