package io.github.gan4j.models;

import io.github.gan4j.Discriminator;
import io.github.gan4j.contract.DiscriminatorContract;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The discriminator of every variant keeps the contract. */
@ParameterizedClass
@MethodSource("recipes")
class DiscriminatorsContractTest extends DiscriminatorContract {

    private final VariantGames.Recipe recipe;

    DiscriminatorsContractTest(VariantGames.Recipe recipe) {
        this.recipe = recipe;
    }

    static List<VariantGames.Recipe> recipes() {
        return VariantGames.networks(Discriminator.class);
    }

    @Override
    protected Discriminator newDiscriminator() {
        return (Discriminator) recipe.newNetwork();
    }

    @Override
    protected int getClasses() {
        return recipe.samples().classes();
    }
}
