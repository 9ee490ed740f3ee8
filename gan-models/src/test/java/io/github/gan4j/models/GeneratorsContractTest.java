package io.github.gan4j.models;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Generator;
import io.github.gan4j.contract.GeneratorContract;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The generator of every variant keeps the contract. */
@ParameterizedClass
@MethodSource("recipes")
class GeneratorsContractTest extends GeneratorContract {

    private final VariantGames.Recipe recipe;

    GeneratorsContractTest(VariantGames.Recipe recipe) {
        this.recipe = recipe;
    }

    static List<VariantGames.Recipe> recipes() {
        return VariantGames.networks(Generator.class);
    }

    @Override
    protected Generator newGenerator() {
        return (Generator) recipe.newNetwork();
    }

    @Override
    protected Shape getSampleShape() {
        return recipe.samples().shape();
    }

    @Override
    protected int getClasses() {
        return recipe.samples().classes();
    }
}
