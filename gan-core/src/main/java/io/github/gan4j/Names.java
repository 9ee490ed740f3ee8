package io.github.gan4j;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;

/** Finds the name that a mistyped one was meant to be. */
public final class Names {

    private Names() {}

    /**
     * Returns the name nearest to a mistyped one.
     *
     * <p>Case does not count; of equally near names the alphabetically first is returned, so that a
     * message does not change from run to run.
     *
     * @param name what the user typed
     * @param known the valid names
     * @return the nearest of them; {@code null} if there are none
     */
    public static String nearest(String name, Collection<String> known) {
        String typed = name.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : new TreeSet<>(known)) {
            int distance = distance(typed, candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /**
     * Asks whether a known name was meant.
     *
     * @param name what was typed
     * @param known the names that there are
     * @return {@code "; did you mean 'x'?"}, or {@code "."} if no name is like it
     */
    public static String didYouMean(String name, Collection<String> known) {
        String nearest = nearest(name, known);
        int length = Math.max(name.length(), nearest == null ? 0 : nearest.length());
        return nearest == null || distance(lower(name), lower(nearest)) > length / 2
                ? "."
                : "; did you mean '" + nearest + "'?";
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Counts the slips of the finger between two words: a letter too many, too few, wrong, or
     * swapped with its neighbour (optimal string alignment).
     */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
                best = Math.min(best, cost[i - 1][j - 1] + wrong);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = best;
            }
        }
        return cost[a.length()][b.length()];
    }
}
