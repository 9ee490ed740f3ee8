package io.github.gan4j.datasets.tools;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.attributes.ViewBox;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Draws SVG on white.
 *
 * <p>Four times as large as wished for, then averaged: where two shapes meet, drawing small with
 * antialiasing alone would let the white shine through.
 */
final class IconRenderer {

    private static final int OVERSAMPLING = 4;

    private final int size;

    /**
     * @param size the height and width of the pictures
     */
    IconRenderer(int size) {
        this.size = size;
    }

    /** Draws a document; returns unsigned bytes of shape {@code (3, size, size)}. */
    byte[] render(String svg) throws IOException {
        int large = size * OVERSAMPLING;
        SVGDocument document =
                new SVGLoader()
                        .load(
                                new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                                null,
                                LoaderContext.createDefault());
        if (document == null) {
            throw new IOException("Cannot parse the SVG " + svg);
        }
        BufferedImage image = new BufferedImage(large, large, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, large, large);
        document.render((Component) null, graphics, new ViewBox(0, 0, large, large));
        graphics.dispose();
        return average(image);
    }

    private byte[] average(BufferedImage image) {
        int large = image.getWidth();
        int[] rgb = image.getRGB(0, 0, large, large, null, 0, large);
        int area = OVERSAMPLING * OVERSAMPLING;
        byte[] pixels = new byte[3 * size * size];
        for (int i = 0; i < pixels.length; i++) {
            int shift = 16 - 8 * (i / (size * size));
            int top = i / size % size * OVERSAMPLING;
            int left = i % size * OVERSAMPLING;
            int sum = 0;
            for (int j = 0; j < area; j++) {
                int y = top + j / OVERSAMPLING;
                sum += rgb[y * large + left + j % OVERSAMPLING] >> shift & 0xFF;
            }
            pixels[i] = (byte) ((sum + area / 2) / area);
        }
        return pixels;
    }
}
