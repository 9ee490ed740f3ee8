package io.github.gan4j.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the losses of a training over its steps, and below them the discriminator's opinion. */
public final class LossChart {

    private static final int WIDTH = 1000;
    private static final int PANEL_HEIGHT = 380;
    private static final int MAX_POINTS = 1000;

    private LossChart() {}

    /**
     * Draws what a {@link MetricsLog} has written: the terms that the players minimise in the upper
     * half; what the discriminator makes of real and generated samples in the lower half, where
     * there is such. Of more than 1000 points, means of neighbours are drawn.
     *
     * @param metrics the file of JSON lines
     * @param picture the PNG to write, whole or not at all
     * @return whether there was anything to draw, and fonts to label it
     * @throws IOException if a file cannot be read or written
     */
    public static boolean draw(Path metrics, Path picture) throws IOException {
        Collection<JsonNode> lines = MetricsLog.read(metrics).values();
        Map<String, Series> losses = new LinkedHashMap<>();
        Map<String, Series> opinions = new LinkedHashMap<>();
        for (JsonNode line : lines) {
            for (Map.Entry<String, JsonNode> field : line.properties()) {
                String name = field.getKey();
                if (!name.contains("/") || name.endsWith(MetricsLog.GRADIENT_NORM)) {
                    continue;
                }
                (name.matches(".*/D(_\\w+)?\\(.*") ? opinions : losses)
                        .computeIfAbsent(name, key -> new Series())
                        .add(step(line), field.getValue());
            }
        }
        if (!Charts.areAvailable()) {
            return false;
        }
        List<BufferedImage> panels = new ArrayList<>();
        losses.values().removeIf(series -> series.size() == 0);
        opinions.values().removeIf(series -> series.size() == 0);
        if (!losses.isEmpty()) {
            panels.add(panel("loss", losses, lines));
        }
        if (!opinions.isEmpty()) {
            panels.add(panel("output of the discriminator", opinions, lines));
        }
        if (panels.isEmpty()) {
            return false;
        }
        ImageGrid.writePng(stack(panels), picture);
        return true;
    }

    private static BufferedImage panel(
            String title, Map<String, Series> series, Collection<JsonNode> lines) {
        XYChart chart = Charts.newChart(WIDTH, PANEL_HEIGHT, "step", title);
        double first = lines.stream().mapToDouble(LossChart::step).min().orElseThrow();
        double last = lines.stream().mapToDouble(LossChart::step).max().orElseThrow();
        if (first < last) {
            chart.getStyler().setXAxisMin(first).setXAxisMax(last);
        }
        series.forEach(
                (name, values) -> {
                    Series drawn = values.thinned(MAX_POINTS);
                    XYSeries line = chart.addSeries(name, drawn.steps(), drawn.values());
                    line.setLineWidth(1.5f);
                    // A line of one point cannot be seen.
                    line.setMarker(drawn.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
                });
        return BitmapEncoder.getBufferedImage(chart);
    }

    private static double step(JsonNode line) {
        return line.get(MetricsLog.STEP).doubleValue();
    }

    private static BufferedImage stack(List<BufferedImage> panels) {
        BufferedImage image =
                new BufferedImage(WIDTH, PANEL_HEIGHT * panels.size(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < panels.size(); i++) {
            graphics.drawImage(panels.get(i), 0, i * PANEL_HEIGHT, null);
        }
        graphics.dispose();
        return image;
    }

    /** A curve. */
    static final class Series {

        private final List<Double> steps = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();

        /** Adds a point, unless its value was not finite. */
        void add(double step, JsonNode value) {
            if (value.isNumber()) {
                add(step, value.doubleValue());
            }
        }

        private void add(double step, double value) {
            steps.add(step);
            values.add(value);
        }

        int size() {
            return steps.size();
        }

        List<Double> steps() {
            return steps;
        }

        List<Double> values() {
            return values;
        }

        /** The means of equal numbers of neighbours, so that there are few enough points. */
        Series thinned(int most) {
            int width = (size() + most - 1) / most;
            Series result = new Series();
            for (int from = 0; from < size(); from += width) {
                int to = Math.min(size(), from + width);
                result.add(mean(steps.subList(from, to)), mean(values.subList(from, to)));
            }
            return result;
        }

        private static double mean(List<Double> numbers) {
            return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }
    }
}
