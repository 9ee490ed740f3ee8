package io.github.gan4j.contract;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Network;
import io.github.gan4j.Weights;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.Torch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the contracts of generators and discriminators share. */
abstract class NetworkContract<N extends Network> extends Contract {

    private static final int SOME = 4;
    private static final String ARRAYS =
            "Call operations on the input, not on the weight, so that results belong to the"
                    + " manager of the input; make arrays with inputs.head().getManager().";

    /** Added to all weights, for a layer that starts at zero stops every gradient. */
    private static final float NOISE = 0.05f;

    private N network;

    /** Makes the network, its block not yet initialised. */
    abstract N make();

    /** Arranges the inputs of the block. */
    abstract NDList inputs(N made, NDArray first, NDList conditions);

    /** Picks the array that the rules are about out of the outputs of the block. */
    abstract NDArray output(N made, NDList outputs);

    /** What a batch of the first input looks like, the batch axis left out. */
    abstract Shape firstShape(N made);

    /** Tells whether the number of samples can be a batch. */
    boolean takes(N made, int batchSize) {
        return true;
    }

    /**
     * Returns the number of classes, for a network that takes labels.
     *
     * @return 2 unless overridden
     */
    protected int getClasses() {
        return 2;
    }

    @Override
    final N subject() {
        if (network == null) {
            network = prepared(manager());
        }
        return network;
    }

    /** Draws weights at which no gradient is zero by design. */
    private N prepared(NDManager owner) {
        N made = make();
        Torch.seed(SEED);
        try (GradMode recording = GradMode.off()) {
            Block block = made.getBlock();
            if (!block.isInitialized()) {
                List<Shape> shapes = new ArrayList<>();
                for (Shape shape : made.getInputShapes()) {
                    shapes.add(new Shape(SOME).addAll(shape));
                }
                initialize(made, owner, shapes);
            }
            for (Parameter parameter : trainable(block)) {
                NDArray array = parameter.getArray();
                try (NDManager scope = owner.newSubManager()) {
                    NDArray noise =
                            scope.randomNormal(0f, NOISE, array.getShape(), DataType.FLOAT32);
                    Operators.copy(new NDList(array), new NDList(noise.add(array)));
                }
            }
        }
        return made;
    }

    private void initialize(N made, NDManager owner, List<Shape> shapes) {
        try {
            made.getBlock().initialize(owner, DataType.FLOAT32, shapes.toArray(Shape[]::new));
        } catch (IllegalArgumentException | IllegalStateException e) {
            network = made;
            throw broken(
                    "a block can be initialised for the shapes of its network",
                    "for %s it threw %s (%s)"
                            .formatted(shapes, e.getClass().getSimpleName(), e.getMessage()),
                    "Give the shapes of all its inputs, and no others, in getInputShapes().",
                    e);
        }
    }

    private static List<Parameter> trainable(Block block) {
        return block.getParameters().values().stream().filter(Parameter::requiresGradient).toList();
    }

    private NDList weights() {
        NDList weights = new NDList();
        trainable(subject().getBlock()).forEach(p -> weights.add(p.getArray()));
        return weights;
    }

    final NDArray first(NDManager scope, long draw, int count) {
        return normal(scope, draw, new Shape(count).addAll(firstShape(subject())));
    }

    /** Labels from a class on, class after class; other conditions are drawn. */
    final NDList conditions(NDManager scope, int count, long from) {
        NDList conditions = new NDList();
        Shape[] shapes = subject().getInputShapes();
        for (int i = 1; i < shapes.length; i++) {
            if (shapes[i].dimension() == 0) {
                long[] labels = new long[count];
                for (int k = 0; k < count; k++) {
                    labels[k] = (from + k) % getClasses();
                }
                conditions.add(scope.create(labels));
            } else {
                conditions.add(normal(scope, 300 + from, new Shape(count).addAll(shapes[i])));
            }
        }
        return conditions;
    }

    final boolean isConditional() {
        return subject().getInputShapes().length > 1;
    }

    final NDArray forward(NDArray input, NDList conditions, boolean training) {
        return output(subject(), outputs(input, conditions, training));
    }

    private NDList outputs(NDArray input, NDList conditions, boolean training) {
        N made = subject();
        return run(
                "a network takes batches of its inputs",
                "Give the shapes of the inputs, without the batch axis, in getInputShapes().",
                () -> {
                    Torch.seed(SEED); // for what is drawn in it, such as dropout
                    return made.getBlock()
                            .forward(
                                    new Weights(manager()),
                                    inputs(made, input, conditions),
                                    training);
                });
    }

    final NDArray infer(NDArray input, NDList conditions) {
        try (GradMode recording = GradMode.off()) {
            return forward(input, conditions, false);
        }
    }

    final float[] infer(NDArray input) {
        int count = (int) input.getShape().get(0);
        return infer(input, conditions(input.getManager(), count, 0)).toFloatArray();
    }

    /** Rule: the output has a row for each sample, whatever their number, and is finite. */
    @Test
    public void should_take_batches_of_any_size() {
        for (int count : new int[] {1, 2, SOME}) {
            if (takes(subject(), count)) {
                NDArray input = first(manager(), 1, count);
                check(infer(input, conditions(manager(), count, 0)), count);
            }
        }
    }

    abstract void check(NDArray output, int count);

    /** Rule: a batch of one trains too, or is refused in words. */
    @Test
    public void should_train_on_batches_of_one_or_say_why_not() {
        if (!takes(subject(), 1)) {
            return;
        }
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.on()) {
            NDArray output = forward(first(scope, 1, 1), conditions(scope, 1, 0), true);
            require(
                    isFinite(output),
                    "a batch of one gives finite values in training",
                    () -> "it gave " + brief(output.toFloatArray()),
                    "Normalise over pixels or channels, not over the batch.");
        } catch (InvalidInputException e) {
            return; // said why not
        } catch (AssertionError e) {
            if (e.getMessage().contains("Expected more than 1 value per channel")) {
                return; // DJL's batch norm, which the trainer refuses in words
            }
            throw e;
        }
    }

    /** Rule: outside training a network is a function of its inputs. */
    @Test
    public void should_give_the_same_result_for_the_same_inputs() {
        NDArray input = first(manager(), 1, SOME);
        float[] copy = input.toFloatArray();
        float[] once = infer(input);
        infer(first(manager(), 9, SOME));
        float[] again = infer(input);
        require(
                isClose(again, once, 0),
                "outside training a network is a pure function of its inputs",
                () -> "it gave %s, and after other inputs %s".formatted(brief(once), brief(again)),
                "Keep nothing in fields; what a batch leaves behind is a parameter, and moves in"
                        + " training only.");
        require(
                java.util.Arrays.equals(copy, input.toFloatArray()),
                "a network leaves its inputs alone",
                () -> "it changed them",
                "Use add() and the like, not addi().");
    }

    /** Rule: labels count. */
    @Test
    public void should_heed_its_conditions() {
        if (!isConditional()) {
            return;
        }
        NDArray input = first(manager(), 1, SOME);
        float[] some = infer(input, conditions(manager(), SOME, 0)).toFloatArray();
        float[] others = infer(input, conditions(manager(), SOME, 1)).toFloatArray();
        require(
                !isClose(some, others, 1e-6f),
                "conditions make a difference",
                () -> "with other labels the output is the same",
                "Feed the labels into the block, or leave them out of getInputShapes().");
    }

    /** Rule: every weight learns. */
    @Test
    public void should_reach_all_weights_with_gradients() {
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.on()) {
            NDArray sum = scope.zeros(new Shape());
            for (NDArray output :
                    outputs(first(scope, 1, SOME), conditions(scope, SOME, 0), true)) {
                sum = sum.add(project(output));
            }
            NDArray scalar = sum;
            NDList gradients =
                    run(
                            "gradients flow through a network",
                            "Compute with operations of NDArray and blocks alone.",
                            () -> Autograd.gradients(scope, scalar, weights()));
            List<String> names = new ArrayList<>();
            for (Map.Entry<String, Parameter> each :
                    subject().getBlock().getParameters().toMap().entrySet()) {
                if (each.getValue().requiresGradient()) {
                    names.add(each.getKey());
                }
            }
            for (int k = 0; k < names.size(); k++) {
                NDArray gradient = gradients.get(k);
                String name = names.get(k);
                require(
                        isFinite(gradient) && gradient.abs().max().getFloat() > 0,
                        "every trainable parameter has a finite gradient that is not zero",
                        () -> "that of %s is not".formatted(name),
                        "Use the parameter, or declare it with optRequiresGrad(false).");
            }
        }
    }

    /** A scalar of the output that has no symmetry. */
    private NDArray project(NDArray output) {
        NDArray direction = normal(manager(), 77, output.getShape());
        return output.mul(direction).sum();
    }

    /** Rule: the gradients are those of the value. */
    @Test
    public void should_have_gradients_that_agree_with_finite_differences() {
        NDList weights = weights();
        NDList gradients;
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.on()) {
            NDArray output = forward(first(scope, 1, 2), conditions(scope, 2, 0), false);
            gradients = Autograd.gradients(manager(), project(output), weights);
        }
        checkDifferences(
                new Differences(weights, gradients, this::projected, 1),
                "the gradients of a network are those of its value");
    }

    private double projected() {
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.off()) {
            NDArray output = forward(first(scope, 1, 2), conditions(scope, 2, 0), false);
            double sum = 0;
            float[] values = output.toFloatArray();
            float[] direction = normal(scope, 77, output.getShape()).toFloatArray();
            for (int i = 0; i < values.length; i++) {
                sum += (double) values[i] * direction[i];
            }
            return sum;
        }
    }

    final void checkDifferences(Differences differences, String rule) {
        String problem = differences.problem();
        if (problem != null) {
            throw broken(
                    rule,
                    "by a weight " + problem,
                    "Leave no part of the computation out of the graph: no stopGradient(), no"
                            + " toType(), no number read into Java, no mul, div or pow by a Java"
                            + " number.");
        }
    }

    final NDList trainableWeights() {
        return weights();
    }

    /**
     * Rule: a network is saved and loaded by its parameters, all of them.
     *
     * @throws IOException if it cannot be written
     */
    @Test
    public void should_be_the_same_when_saved_and_loaded() throws IOException {
        NDArray input = first(manager(), 1, SOME);
        // A step of training first, for running statistics are to be saved as well.
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.off()) {
            forward(first(scope, 5, SOME), conditions(scope, SOME, 0), true);
        }
        float[] expected = infer(input);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        subject().getBlock().saveParameters(new DataOutputStream(bytes));
        network = make();
        try {
            network.getBlock()
                    .loadParameters(
                            manager(),
                            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (MalformedModelException e) {
            throw broken(
                    "a network is saved and loaded by its parameters",
                    "it cannot read what it saved (" + e.getMessage() + ")",
                    "Register parameters with addParameter, blocks with addChildBlock, in the"
                            + " constructor.",
                    e);
        }
        float[] found = infer(input);
        require(
                isClose(found, expected, 1e-6f),
                "a network is saved and loaded by its parameters",
                () -> "loaded it gives %s, saved %s".formatted(brief(found), brief(expected)),
                "Make everything that it learns or counts a parameter.");
    }

    /** Rule: all that is computed can be freed with the inputs. */
    @Test
    public void should_leave_no_arrays_behind() {
        pass();
        int before = manager().getManagedArrays().size();
        pass();
        int after = manager().getManagedArrays().size();
        require(
                after == before,
                "a network leaves no arrays behind",
                () -> "two passes left " + (after - before),
                ARRAYS);
    }

    private void pass() {
        try (NDManager scope = manager().newSubManager();
                GradMode recording = GradMode.on()) {
            NDArray output = forward(first(scope, 1, SOME), conditions(scope, SOME, 0), true);
            NDArray direction = normal(scope, 77, output.getShape());
            Autograd.gradients(scope, output.mul(direction).sum(), weights());
            forward(first(scope, 1, SOME), conditions(scope, SOME, 0), false);
        }
    }

    /** Asserts that in some mode a sample's row does not depend on its neighbours. */
    final void checkRows(boolean training, String mend) {
        try (GradMode recording = GradMode.off()) {
            NDArray input = first(manager(), 1, SOME);
            NDList conditions = conditions(manager(), SOME, 0);
            // What a pass leaves behind, such as the vector of spectral norm, must not count.
            NDList arrays = new NDList();
            subject().getBlock().getParameters().values().forEach(p -> arrays.add(p.getArray()));
            NDList before = Operators.clone(manager(), arrays);
            float[] all = forward(input, conditions, training).toFloatArray();
            Operators.copy(arrays, before);
            int row = all.length / SOME;
            NDList one = new NDList();
            conditions.forEach(c -> one.add(c.get("1:2")));
            float[] alone = forward(input.get("1:2"), one, training).toFloatArray();
            float[] among = java.util.Arrays.copyOfRange(all, row, 2 * row);
            require(
                    isClose(alone, among, 1e-3f),
                    "the output for a sample depends on that sample alone",
                    () -> "alone it is %s, in a batch %s".formatted(brief(alone), brief(among)),
                    mend);
        }
    }
}
