package io.github.gan4j.models;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.Network;
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
     * @param network which of its networks is meant
     */
    record Recipe(Variant<?> variant, SampleSpec samples, String network) {

        Network newNetwork() {
            return build().getNetworks().get(network);
        }

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
            return variant.getName() + " " + network;
        }
    }

    /** All networks of a kind, of every variant, for labelled pictures or for pairs of them. */
    static List<Recipe> networks(Class<? extends Network> kind) {
        List<Recipe> recipes = new ArrayList<>();
        for (Variant<?> variant : ServiceLoader.load(Variant.class)) {
            SampleSpec samples = samples(variant.getDomains());
            new Recipe(variant, samples, null)
                    .build()
                    .getNetworks()
                    .forEach(
                            (name, network) -> {
                                if (kind.isInstance(network)) {
                                    recipes.add(new Recipe(variant, samples, name));
                                }
                            });
        }
        return recipes;
    }

    private static SampleSpec samples(Domains domains) {
        Shape picture = new Shape(1, 32, 32);
        return domains == Domains.ONE
                ? new SampleSpec(new Shape(1, 28, 28), 3)
                : SampleSpec.ofDomains(picture, picture, domains == Domains.PAIRED);
    }

    /** Makes layers narrow, whatever the networks: by the names of settings, as users do. */
    private static void shrink(Object settings) {
        for (Class<?> type = settings.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                try {
                    if (field.getName().endsWith("Filters")) {
                        field.setAccessible(true);
                        field.setInt(settings, 4);
                    } else if (field.getName().equals("blocks")) {
                        field.setAccessible(true);
                        field.setInt(settings, 1);
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
