package io.github.gan4j.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lines and tables of figures for a terminal. */
final class TextTable {

    private final StringBuilder text = new StringBuilder(2048);

    /** Adds a line. */
    void line(String format, Object... values) {
        text.append(format(format, values)).append(System.lineSeparator());
    }

    /** Adds a table. The first column is aligned to the left, the others to the right. */
    void table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(100);
            for (int i = 0; i < columns; i++) {
                line.append(i == 0 ? "" : "  ");
                line.append(
                        format(
                                "%" + (i == 0 ? "-" : "") + Math.max(1, widths[i]) + "s",
                                row.get(i)));
            }
            line("%s", line.toString().stripTrailing());
        }
    }

    /** Returns the cells of the median, the least and the greatest value. */
    static List<String> three(Statistics values, String format, String unit) {
        return List.of(
                format(format, values.median()) + unit,
                format(format, values.min()) + unit,
                format(format, values.max()) + unit);
    }

    /** Returns a shape as people write it, for instance {@code 3 x 64 x 64}. */
    static String product(long... shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "));
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String toString() {
        return text.toString().stripTrailing() + System.lineSeparator();
    }
}
