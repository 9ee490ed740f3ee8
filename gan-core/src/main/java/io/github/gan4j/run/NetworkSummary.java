package io.github.gan4j.run;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import io.github.gan4j.Network;
import io.github.gan4j.nn.Conditional;
import io.github.gan4j.nn.Sequential;
import io.github.gan4j.nn.TorchLambda;
import java.util.Arrays;

/** Describes a network layer by layer: kind, output shape, number of trainable parameters. */
public final class NetworkSummary {

    private NetworkSummary() {}

    /**
     * Describes a network.
     *
     * @param name what to call it
     * @param network a network whose block is initialised
     * @return a table of some lines
     */
    public static String of(String name, Network network) {
        StringBuilder table = new StringBuilder(512);
        Block block = network.getBlock();
        Shape[] shapes =
                Arrays.stream(network.getInputShapes())
                        .map(shape -> new Shape(1).addAll(shape))
                        .toArray(Shape[]::new);
        line(table, name, "input", describe(shapes), 0);
        boolean feedsLabels = block instanceof Sequential;
        if (feedsLabels || block instanceof SequentialBlock) {
            Shape[] inputs = shapes;
            for (Block layer : block.getChildren().values()) {
                if (feedsLabels) {
                    Shape features = shapes[0];
                    shapes = layer instanceof Conditional ? inputs.clone() : new Shape[1];
                    shapes[0] = features;
                }
                shapes = layer.getOutputShapes(shapes);
                line(table, "", kind(layer), describe(shapes), countParameters(layer));
            }
        } else {
            shapes = block.getOutputShapes(shapes);
            line(table, "", kind(block), describe(shapes), countParameters(block));
        }
        line(table, "", "", "parameters", countParameters(block));
        return table.toString();
    }

    /**
     * Counts the trainable parameters of a block.
     *
     * @param block an initialised block
     * @return the number of elements of all parameters that require gradients
     */
    public static long countParameters(Block block) {
        return block.getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .mapToLong(p -> p.getArray().size())
                .sum();
    }

    private static String kind(Block block) {
        if (block instanceof LambdaBlock function) {
            return function.getName();
        }
        return block instanceof TorchLambda function
                ? function.getName()
                : block.getClass().getSimpleName();
    }

    private static String describe(Shape... shapes) {
        StringBuilder sb = new StringBuilder();
        for (Shape shape : shapes) {
            Shape sample = shape.slice(1);
            sb.append(sb.isEmpty() ? "" : ", ").append(sample.dimension() == 0 ? "()" : sample);
        }
        return sb.toString();
    }

    private static void line(StringBuilder table, String a, String b, String c, long count) {
        table.append(
                "%-14s %-20s %-20s %s%n"
                        .formatted(a, b, c, count == 0 ? "" : "%,12d".formatted(count))
                        .stripTrailing());
        table.append(System.lineSeparator());
    }
}
