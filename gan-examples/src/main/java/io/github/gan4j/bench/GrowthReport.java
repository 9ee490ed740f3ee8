package io.github.gan4j.bench;

import io.github.gan4j.Devices;
import io.github.gan4j.run.Charts;
import io.github.gan4j.run.ImageGrid;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How the time of a step grows.
 *
 * @param variant the variant's name
 * @param sampleShape the shape of a sample in the middle of the range
 * @param batchSize samples in a batch, likewise
 * @param device where it was computed, for instance {@code gpu:0}
 * @param threads threads of an operator
 * @param settings the hyper-parameters, likewise
 * @param machine what it ran on
 * @param growths what was measured and fitted
 */
public record GrowthReport(
        String variant,
        long[] sampleShape,
        int batchSize,
        String device,
        int threads,
        Map<String, Object> settings,
        Machine machine,
        List<Growth> growths)
        implements Figures {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 400;
    private static final int LINE_POINTS = 40;

    static GrowthReport of(Workload work, List<Growth> growths) {
        return new GrowthReport(
                work.variant(),
                work.samples().shape().getShape(),
                work.batchSize(),
                Devices.format(work.device()),
                work.threads(),
                work.settings(),
                Machine.describe(work.device()),
                List.copyOf(growths));
    }

    @Override
    public String toText() {
        TextTable text = new TextTable();
        text.line(
                "%s, images of %s, batch %d, %s, unless it is said",
                variant, TextTable.product(sampleShape), batchSize, Machine.threads(threads));
        text.line("%s", machine.describeHardware());
        for (Growth growth : growths) {
            text.line("");
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(growth.quantity(), "ms a step", "min", "max", "fitted"));
            for (Growth.Point point : growth.points()) {
                List<String> row = new ArrayList<>(List.of(point.label()));
                row.addAll(TextTable.three(point.milliseconds(), "%,.1f", ""));
                row.add(TextTable.format("%,.1f", growth.at(point.units())));
                rows.add(row);
            }
            text.table(rows);
            text.line("%s", formula(growth));
        }
        return text.toString();
    }

    private static String formula(Growth growth) {
        String curve =
                growth.exponent() == 1
                        ? TextTable.format(
                                "%.3g ms + %.3g ms for each %s",
                                growth.fixed(), growth.slope(), growth.unit())
                        : TextTable.format(
                                "%.3g ms x %ss ^ %.2f",
                                growth.slope(), growth.unit(), growth.exponent());
        return TextTable.format(
                "%s; no point is further from it than %.0f %%", curve, 100 * growth.largestError());
    }

    /**
     * Draws points and lines, a panel for each quantity.
     *
     * @param picture the PNG to write
     * @return whether there are fonts to label it
     * @throws IOException if it cannot be written
     */
    public boolean draw(Path picture) throws IOException {
        if (!Charts.areAvailable()) {
            return false;
        }
        BufferedImage image =
                new BufferedImage(WIDTH * growths.size(), HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < growths.size(); i++) {
            graphics.drawImage(panel(growths.get(i)), i * WIDTH, 0, null);
        }
        graphics.dispose();
        ImageGrid.writePng(image, picture);
        return true;
    }

    private static BufferedImage panel(Growth growth) {
        List<Growth.Point> points = growth.points();
        XYChart chart = Charts.newChart(WIDTH, HEIGHT, axis(growth), "milliseconds of a step");
        chart.getStyler().setXAxisDecimalPattern("#,##0.##").setXAxisMin(0.0).setYAxisMin(0.0);
        // A power of nothing may be infinite.
        double first = growth.exponent() == 1 ? 0 : points.get(0).units();
        double last = points.get(points.size() - 1).units();
        double[] units = new double[LINE_POINTS + 1];
        double[] line = new double[LINE_POINTS + 1];
        for (int i = 0; i <= LINE_POINTS; i++) {
            units[i] = first + (last - first) * i / LINE_POINTS;
            line[i] = Math.max(0, growth.at(units[i]));
        }
        XYSeries measured =
                chart.addSeries(
                        "measured",
                        points.stream().map(Growth.Point::units).toList(),
                        points.stream().map(point -> point.milliseconds().median()).toList());
        measured.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        measured.setMarker(SeriesMarkers.CIRCLE);
        chart.addSeries("fitted", units, line).setMarker(SeriesMarkers.NONE);
        return BitmapEncoder.getBufferedImage(chart);
    }

    private static String axis(Growth growth) {
        return switch (growth.unit()) {
            case "sample" -> "samples in a batch";
            case "pixel" -> "pixels of a picture";
            default -> growth.unit();
        };
    }
}
