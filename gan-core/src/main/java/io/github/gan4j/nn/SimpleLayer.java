package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gan4j.InvalidInputException;
import java.util.function.Supplier;

/** A layer of one array in and one array out, of the same shape unless it says otherwise. */
abstract class SimpleLayer extends AbstractBlock {

    private static final byte VERSION = 1;

    SimpleLayer() {
        super(VERSION);
    }

    /** Computes the output, attached to the manager of the input. */
    abstract NDArray compute(ParameterStore store, NDArray x, boolean training);

    /** Foretells the shape of the output. */
    Shape outputShape(Shape input) {
        return input;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        return new NDList(compute(parameterStore, inputs.singletonOrThrow(), training));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {outputShape(inputShapes[0])};
    }

    /** Adds a parameter that is trained. */
    final Parameter parameter(String name, Parameter.Type type) {
        return addParameter(Parameter.builder().setName(name).setType(type).build());
    }

    /** Adds a parameter that is saved, but not trained. */
    final Parameter statistic(String name, Parameter.Type type) {
        return addParameter(
                Parameter.builder().setName(name).setType(type).optRequiresGrad(false).build());
    }

    /** Starts a message: the name of the layer. */
    final String name() {
        return getClass().getSimpleName();
    }

    final void requireAxes(Shape input, int least, int most, String layout) {
        int axes = input.dimension();
        require(
                axes >= least && axes <= most,
                () -> name() + " takes inputs " + layout + ", not one of shape " + input + ".");
    }

    final void requireChannels(Shape input, long channels) {
        require(
                input.get(1) == channels,
                () ->
                        "%s has %d channels, but its input %s has %d."
                                .formatted(name(), channels, input, input.get(1)));
    }

    /** Requires what is asked at each call, for which a message in advance would cost too much. */
    static void require(boolean valid, Supplier<String> message) {
        if (!valid) {
            throw new InvalidInputException(message.get());
        }
    }

    static void require(boolean valid, String message) {
        if (!valid) {
            throw new InvalidInputException(message);
        }
    }
}
