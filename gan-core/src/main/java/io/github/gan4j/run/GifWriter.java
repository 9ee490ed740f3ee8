package io.github.gan4j.run;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageOutputStream;

/**
 * Writes an animated GIF that repeats for ever. Grey pictures keep their values; coloured ones keep
 * theirs up to 256, and else are dithered in the 256 that suit them best.
 *
 * <p>The file appears, whole, when the writer is closed; without a frame, or after a frame that
 * could not be written, there is none.
 */
public final class GifWriter implements Closeable {

    private static final String FORMAT = "javax_imageio_gif_image_1.0";
    private static final int MILLIS_PER_UNIT = 10;

    private final AtomicFile atomic;
    private final ImageWriter writer;
    private final ImageOutputStream stream;
    private boolean empty = true;
    private boolean failed;

    /**
     * Starts a file.
     *
     * @param file the file, overwritten if it is there
     * @throws IOException if it cannot be written
     */
    public GifWriter(Path file) throws IOException {
        atomic = new AtomicFile(file);
        atomic.close(); // ImageIO would write into what a killed process left
        stream = new FileImageOutputStream(atomic.getPartial().toFile());
        writer = ImageIO.getImageWritersByFormatName("gif").next();
        writer.setOutput(stream);
        writer.prepareWriteSequence(null);
    }

    /**
     * Adds a frame.
     *
     * @param image the picture, of the size of the first one
     * @param delayMillis how long it is shown, in milliseconds, rounded to hundredths of a second
     * @throws IOException if it cannot be written
     */
    public void add(BufferedImage image, int delayMillis) throws IOException {
        failed = true;
        BufferedImage indexed =
                image.getRaster().getNumBands() == 1 ? indexed(image) : Palette.reduce(image);
        // Not ImageTypeSpecifier.createFromRenderedImage(): that takes Java's palette, not ours.
        IIOMetadata metadata =
                writer.getDefaultImageMetadata(new ImageTypeSpecifier(indexed), null);
        describe(metadata, delayMillis);
        writer.writeToSequence(new IIOImage(indexed, null, metadata), null);
        empty = false;
        failed = false;
    }

    /** Takes grey values for indices into a palette of all greys. */
    private static BufferedImage indexed(BufferedImage image) {
        if (image.getColorModel() instanceof IndexColorModel) {
            return image;
        }
        byte[] greys = new byte[256];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = (byte) i;
        }
        BufferedImage result =
                new BufferedImage(
                        image.getWidth(),
                        image.getHeight(),
                        BufferedImage.TYPE_BYTE_INDEXED,
                        new IndexColorModel(8, greys.length, greys, greys, greys));
        result.getRaster().setRect(image.getRaster());
        return result;
    }

    private void describe(IIOMetadata metadata, int delayMillis) throws IIOInvalidTreeException {
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        int delay = Math.round((float) delayMillis / MILLIS_PER_UNIT);
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", Integer.toString(delay));
        if (empty) {
            IIOMetadataNode repeat = new IIOMetadataNode("ApplicationExtension");
            repeat.setAttribute("applicationID", "NETSCAPE");
            repeat.setAttribute("authenticationCode", "2.0");
            repeat.setUserObject(new byte[] {1, 0, 0}); // 0 times: for ever
            child(root, "ApplicationExtensions").appendChild(repeat);
        }
        metadata.setFromTree(FORMAT, root);
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        IIOMetadataNode node = new IIOMetadataNode(name);
        root.appendChild(node);
        return node;
    }

    /**
     * Finishes the file.
     *
     * @throws IOException if it cannot be written
     */
    @Override
    public void close() throws IOException {
        try (AtomicFile closing = atomic) {
            try (ImageOutputStream closingStream = stream) {
                if (!empty && !failed) {
                    writer.endWriteSequence();
                }
            } finally {
                writer.dispose();
            }
            if (!empty && !failed) {
                closing.commit();
            }
        }
    }
}
