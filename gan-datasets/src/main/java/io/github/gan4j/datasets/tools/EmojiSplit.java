package io.github.gan4j.datasets.tools;

import io.github.gan4j.data.EpochSampler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Divides emoji into those to train on and those held out, by name.
 *
 * <p>Emoji that are the same picture in one of the domains, mirror images of each other, or the
 * same person as man, woman or neither, stay together, so that nothing held out has been seen in
 * training. In an unpaired set the training emoji are divided once more: those seen in domain A are
 * never seen in domain B.
 *
 * @param trainA the emoji whose pictures of domain A are trained on, ordered by name
 * @param trainB the emoji whose pictures of domain B are trained on, ordered by name
 * @param test the emoji held out, ordered by name
 */
record EmojiSplit(
        List<EmojiRecipe.Icon> trainA, List<EmojiRecipe.Icon> trainB, List<EmojiRecipe.Icon> test) {

    /** The seed of the draw: the year of the papers of CycleGAN and pix2pix. */
    static final long SEED = 2017;

    /** What variants of one emoji differ in, at the start or at the end of their names. */
    private static final String VARIANT = "^(man|woman|person|men|women|people)-|-facing-right$";

    static EmojiSplit of(EmojiRecipe recipe) {
        List<List<EmojiRecipe.Icon>> groups = new ArrayList<>(groups(recipe.icons()));
        int[] order = EpochSampler.permutation(SEED, groups.size());
        int half = (recipe.icons().size() - recipe.testCount()) / 2;
        EmojiSplit split = new EmojiSplit(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int group : order) {
            if (split.test.size() < recipe.testCount()) {
                split.test.addAll(groups.get(group));
            } else if (recipe.paired() || split.trainA.size() < half) {
                split.trainA.addAll(groups.get(group));
            } else {
                split.trainB.addAll(groups.get(group));
            }
        }
        if (recipe.paired()) {
            split.trainB.addAll(split.trainA);
        }
        Comparator<EmojiRecipe.Icon> byName = Comparator.comparing(EmojiRecipe.Icon::name);
        split.trainA.sort(byName);
        split.trainB.sort(byName);
        split.test.sort(byName);
        return split;
    }

    /** Emoji that must not be parted, in the order of their first names. */
    private static Collection<List<EmojiRecipe.Icon>> groups(List<EmojiRecipe.Icon> icons) {
        Map<String, String> leaders = new HashMap<>();
        for (EmojiRecipe.Icon icon : icons) {
            String name = icon.name();
            unite(leaders, name, "name " + name.replaceAll(VARIANT, ""));
            unite(leaders, name, "a " + icon.a());
            unite(leaders, name, "b " + icon.b());
        }
        Map<String, List<EmojiRecipe.Icon>> groups = new TreeMap<>();
        Map<String, String> firstNames = new HashMap<>();
        for (EmojiRecipe.Icon icon : icons) {
            String first =
                    firstNames.computeIfAbsent(leader(leaders, icon.name()), k -> icon.name());
            groups.computeIfAbsent(first, key -> new ArrayList<>()).add(icon);
        }
        return groups.values();
    }

    private static void unite(Map<String, String> leaders, String one, String other) {
        leaders.put(leader(leaders, one), leader(leaders, other));
    }

    private static String leader(Map<String, String> leaders, String of) {
        String at = of;
        while (!leaders.getOrDefault(at, at).equals(at)) {
            at = leaders.get(at);
        }
        return at;
    }
}
