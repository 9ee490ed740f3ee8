package io.github.gan4j;

import java.util.List;

/** Several objectives of one player. Terms of the same name are logged as one. */
final class SumObjective implements Objective {

    private final List<Objective> objectives;
    private final boolean parallel;

    SumObjective(List<? extends Objective> objectives, boolean parallel) {
        this.objectives = List.copyOf(objectives);
        this.parallel = parallel;
    }

    @Override
    public Terms evaluate(Round round) {
        Terms sum = new Terms();
        objectives.forEach(objective -> sum.addAll(objective.evaluate(round)));
        return sum;
    }

    @Override
    public List<Component> getComponents() {
        return objectives.stream()
                .flatMap(objective -> objective.getComponents().stream())
                .toList();
    }

    @Override
    public List<Objective> getParts() {
        return objectives.stream()
                .<Objective>flatMap(objective -> objective.getParts().stream())
                .toList();
    }

    @Override
    public List<Objective> getParallelParts() {
        return parallel ? objectives : List.of(this);
    }
}
