package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import io.github.gan4j.optim.MovingAverage;
import io.github.gan4j.optim.Updater;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A player in training: its weights, its optimiser's memory, and the average of its weights. */
final class PlayerState {

    /** All parameters, by {@code network/parameter}. */
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private final NDList trainable = new NDList();
    private final List<String> trainableIds = new ArrayList<>();
    private final Consumer<NDList> constraint;
    private final Updater updater;
    private final MovingAverage movingAverage;
    private long updates;
    private long moves;

    PlayerState(Player player) {
        player.getNetworks()
                .forEach(
                        (name, network) ->
                                network.getBlock()
                                        .getParameters()
                                        .forEach(
                                                p ->
                                                        parameters.put(
                                                                name + "/" + p.getKey(),
                                                                p.getValue())));
        for (Parameter parameter : parameters.values()) {
            if (parameter.requiresGradient()) {
                trainable.add(parameter.getArray());
                trainableIds.add(parameter.getId());
            }
        }
        if (trainable.isEmpty()) {
            throw new IllegalArgumentException(
                    "Player " + player.getName() + " has no trainable parameter.");
        }
        constraint = player.getConstraint();
        updater = player.getOptimizer().newUpdater(trainable);
        double decay = player.getMovingAverage();
        movingAverage = decay == 0 ? null : new MovingAverage(decay, arrays());
    }

    NDList getTrainable() {
        return trainable;
    }

    /** The trainable arrays by the ids of their parameters, replaced by others. */
    Map<String, NDArray> byId(NDList replacements) {
        Map<String, NDArray> result = new LinkedHashMap<>();
        for (int i = 0; i < trainableIds.size(); i++) {
            result.put(trainableIds.get(i), replacements.get(i));
        }
        return result;
    }

    /** What stands in place of the trainable arrays in other weights. */
    NDList select(Weights weights) {
        NDList result = new NDList();
        for (Parameter parameter : parameters.values()) {
            if (parameter.requiresGradient()) {
                result.add(weights.getValue(parameter, null, true));
            }
        }
        return result;
    }

    /** Moves the weights, and not their average. */
    void move(NDList gradients, long step, double rate) {
        updates++;
        updater.update(gradients, updates, step, rate);
        constraint.accept(trainable);
    }

    void apply(NDList gradients, long step, double rate) {
        moves++;
        move(gradients, step, rate);
        if (movingAverage != null) {
            movingAverage.update(updates);
        }
    }

    long getUpdates() {
        return updates;
    }

    void setUpdates(long updates) {
        this.updates = updates;
    }

    /** How many updates were more than a look ahead. */
    long getMoves() {
        return moves;
    }

    void setMoves(long moves) {
        this.moves = moves;
    }

    /** The averages in place of the parameters' own arrays; empty if none are kept. */
    Map<String, NDArray> getAveragesById() {
        Map<String, NDArray> result = new LinkedHashMap<>();
        if (movingAverage != null) {
            int i = 0;
            for (Parameter parameter : parameters.values()) {
                result.put(parameter.getId(), movingAverage.getAverages().get(i++));
            }
        }
        return result;
    }

    /** Everything that a checkpoint must hold, by name. */
    Map<String, NDArray> getArrays(String player) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        parameters.forEach((name, p) -> arrays.put("weights/" + name, p.getArray()));
        if (movingAverage != null) {
            int i = 0;
            for (String name : parameters.keySet()) {
                arrays.put("average/" + name, movingAverage.getAverages().get(i++));
            }
        }
        updater.getState()
                .forEach((name, array) -> arrays.put("optimizer/" + player + "/" + name, array));
        return arrays;
    }

    private NDList arrays() {
        NDList arrays = new NDList();
        parameters.values().forEach(p -> arrays.add(p.getArray()));
        return arrays;
    }
}
