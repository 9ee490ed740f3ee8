package io.github.gan4j.models;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Names;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.nn.DiffAugment;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds the policies of DiffAugment by name. */
final class Augmentations {

    private Augmentations() {}

    static DiffAugment parse(List<String> names, SampleSpec samples) {
        if (samples.isPoints()) {
            throw new InvalidInputException(
                    "Points cannot be augmented as pictures are; leave the setting augmentation out.");
        }
        return new DiffAugment(
                names.stream().map(Augmentations::policy).toArray(DiffAugment.Policy[]::new));
    }

    private static DiffAugment.Policy policy(String name) {
        List<String> known =
                Arrays.stream(DiffAugment.Policy.values())
                        .map(policy -> policy.name().toLowerCase(Locale.ROOT))
                        .toList();
        if (!known.contains(name)) {
            throw new InvalidInputException(
                    "There is no augmentation '%s'%s There are: %s."
                            .formatted(
                                    name, Names.didYouMean(name, known), String.join(", ", known)));
        }
        return DiffAugment.Policy.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
