package io.github.gan4j.run;

import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/** How all charts look. */
public final class Charts {

    /** Room for the labels on the left, so that panels below each other have one axis. */
    private static final int AXIS_WIDTH = 75;

    /** Told apart by people who are blind to red or green as well (Okabe and Ito 2008). */
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xE69F00),
        new Color(0x56B4E9),
        new Color(0x000000)
    };

    private Charts() {}

    /**
     * Tells whether charts can be labelled; says once, in a warning, what to do if not.
     *
     * @return whether Java finds fonts
     */
    public static boolean areAvailable() {
        return Fonts.areAvailable();
    }

    /**
     * Makes a chart without curves.
     *
     * @param width the width in pixels
     * @param height the height in pixels
     * @param horizontal what the horizontal axis shows
     * @param vertical what the vertical axis shows
     * @return the chart
     */
    public static XYChart newChart(int width, int height, String horizontal, String vertical) {
        XYChart chart =
                new XYChartBuilder()
                        .width(width)
                        .height(height)
                        .xAxisTitle(horizontal)
                        .yAxisTitle(vertical)
                        .build();
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setSeriesColors(COLOURS);
        chart.getStyler()
                .setXAxisDecimalPattern("#,##0")
                .setXAxisTickMarkSpacingHint(110)
                .setyAxisTickLabelsFormattingFunction(Charts::label)
                .setYAxisLeftWidthHint(AXIS_WIDTH);
        return chart;
    }

    /** Five digits: the arithmetic of ticks gives 0.30000000000000004. */
    private static String label(double value) {
        if (Math.abs(value) < 1e-12) {
            return "0";
        }
        return BigDecimal.valueOf(value)
                .round(new MathContext(5))
                .stripTrailingZeros()
                .toPlainString();
    }
}
