package io.github.gan4j.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Named pictures of equal size, in parts, in one zip file.
 *
 * <p>A part is two entries: {@code NAME.idx}, unsigned bytes of shape {@code (N, C, H, W)} in the
 * format of {@link IdxFile}, and {@code NAME.txt}, N lines with the names of the pictures. The same
 * content gives the same bytes: the zip holds no times.
 */
public final class PictureArchive {

    /** Not the first of January, which Java writes together with the time zone. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Map<String, Part> parts;

    /**
     * Constructs an archive.
     *
     * @param parts the parts by name, in order
     */
    public PictureArchive(Map<String, Part> parts) {
        this.parts = new LinkedHashMap<>(parts);
    }

    /**
     * Some pictures.
     *
     * @param names the name of each
     * @param pictures unsigned bytes of shape {@code (N, C, H, W)}
     */
    public record Part(List<String> names, IdxFile pictures) {

        /**
         * Constructs a part.
         *
         * @param names the name of each
         * @param pictures unsigned bytes of shape {@code (N, C, H, W)}
         * @throws IllegalArgumentException if there are not as many names as pictures
         */
        public Part {
            names = List.copyOf(names);
            int[] shape = pictures.getShape();
            if (shape.length != 4 || shape[0] != names.size()) {
                throw new IllegalArgumentException(
                        "%d names, but pictures of shape %s."
                                .formatted(names.size(), java.util.Arrays.toString(shape)));
            }
        }
    }

    /**
     * Reads an archive.
     *
     * @param input the zip file
     * @return its content
     * @throws IOException if it is damaged
     */
    public static PictureArchive read(InputStream input) throws IOException {
        Map<String, List<String>> names = new LinkedHashMap<>();
        Map<String, Part> parts = new LinkedHashMap<>();
        ZipInputStream zip = new ZipInputStream(input);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String file = entry.getName();
            String part = file.substring(0, file.length() - 4);
            if (file.endsWith(".txt")) {
                String lines = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                names.put(part, lines.lines().toList());
            } else {
                parts.put(part, new Part(names.getOrDefault(part, List.of()), IdxFile.read(zip)));
            }
        }
        return new PictureArchive(parts);
    }

    /**
     * Writes this archive.
     *
     * @param output where to, left open
     * @throws IOException if writing fails
     */
    public void write(OutputStream output) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(output);
        zip.setLevel(Deflater.BEST_COMPRESSION);
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            String lines = String.join("\n", part.getValue().names()) + "\n";
            add(zip, part.getKey() + ".txt", lines.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream idx = new ByteArrayOutputStream();
            part.getValue().pictures().write(idx);
            add(zip, part.getKey() + ".idx", idx.toByteArray());
        }
        zip.finish();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Tells whether there is a part.
     *
     * @param name its name
     * @return whether the archive has a part of that name
     */
    public boolean hasPart(String name) {
        return parts.containsKey(name);
    }

    /**
     * Returns a part.
     *
     * @param name its name
     * @return the part
     * @throws IOException if there is none of that name
     */
    public Part getPart(String name) throws IOException {
        Part part = parts.get(name);
        if (part == null) {
            throw new IOException("The archive has no part '%s'.".formatted(name));
        }
        return part;
    }
}
