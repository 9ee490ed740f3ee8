package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Names;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds measures by name among those on the class path. */
public final class Measures {

    private Measures() {}

    /**
     * Finds a measure.
     *
     * @param name its name
     * @return the measure
     * @throws InvalidInputException if there is none of that name
     */
    public static Measure find(String name) {
        List<Measure> measures = list();
        for (Measure measure : measures) {
            if (measure.getName().equals(name)) {
                return measure;
            }
        }
        List<String> names = measures.stream().map(Measure::getName).toList();
        throw new InvalidInputException(
                "There is no measure '%s'; did you mean '%s'? Measures are %s."
                        .formatted(name, Names.nearest(name, names), String.join(", ", names)));
    }

    /**
     * Lists all measures.
     *
     * @return the measures, by name
     */
    public static List<Measure> list() {
        return ServiceLoader.load(Measure.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Measure::getName))
                .toList();
    }

    /**
     * Lists the measures that the evidence suffices for.
     *
     * @param real what is known of real samples
     * @param fake what is known of generated samples
     * @return the measures, by name
     */
    public static List<Measure> list(Evidence real, Evidence fake) {
        return list().stream()
                .filter(measure -> real.has(measure.getRealParts()))
                .filter(measure -> fake.has(measure.getFakeParts()))
                .toList();
    }
}
