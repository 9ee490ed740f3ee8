package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import io.github.gan4j.optim.MovingAverage;
import io.github.gan4j.optim.Updater;
import java.util.LinkedHashMap;
import java.util.Map;

/** A player in training: its weights, its optimiser's memory, and the average of its weights. */
final class PlayerState {

    /** All parameters, by {@code network/parameter}. */
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private final NDList trainable = new NDList();
    private final Updater updater;
    private final MovingAverage movingAverage;
    private long updates;

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
            }
        }
        if (trainable.isEmpty()) {
            throw new IllegalArgumentException(
                    "Player " + player.getName() + " has no trainable parameter.");
        }
        updater = player.getOptimizer().newUpdater(trainable);
        double decay = player.getMovingAverage();
        movingAverage = decay == 0 ? null : new MovingAverage(decay, arrays());
    }

    NDList getTrainable() {
        return trainable;
    }

    void apply(NDList gradients) {
        updates++;
        updater.update(gradients, updates);
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
