package io.github.gan4j.models;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The game of every variant, with networks small enough for a test of each of their weights. */
final class VariantGames {

    private VariantGames() {}

    /**
     * A game that can be built again and again.
     *
     * @param variant whose
     * @param samples for what data
     */
    record Recipe(Variant<?> variant, SampleSpec samples) {

        Gan build() {
            return build(variant);
        }

        private <S> Gan build(Variant<S> found) {
            S settings = found.newSettings(samples);
            shrink(settings);
            return found.build(settings, samples);
        }

        @Override
        public String toString() {
            return variant.getName() + " " + samples.shape();
        }
    }

    /** Every variant with labelled pictures. */
    static List<Recipe> all() {
        List<Recipe> recipes = new ArrayList<>();
        for (Variant<?> variant : ServiceLoader.load(Variant.class)) {
            recipes.add(new Recipe(variant, new SampleSpec(new Shape(1, 28, 28), 3)));
        }
        return recipes;
    }

    /** Makes layers narrow, whatever the networks: by the names of settings, as users do. */
    private static void shrink(Object settings) {
        for (Class<?> type = settings.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                try {
                    if (field.getName().endsWith("Filters")) {
                        field.setAccessible(true);
                        field.setInt(settings, 4);
                    } else if (field.getName().endsWith("Units")) {
                        field.setAccessible(true);
                        field.set(settings, narrow((int[]) field.get(settings)));
                    }
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static int[] narrow(int[] units) {
        int[] few = units.clone();
        java.util.Arrays.fill(few, 8);
        return few;
    }
}
