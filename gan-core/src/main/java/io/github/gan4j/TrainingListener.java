package io.github.gan4j;

import java.util.function.Consumer;

/** Watches a training. All methods are called on the training thread, between steps. */
public interface TrainingListener {

    /**
     * Makes a listener of what is to be done with the report of each step.
     *
     * @param consumer takes the reports
     * @return the listener
     */
    static TrainingListener ofReports(Consumer<StepReport> consumer) {
        return new TrainingListener() {
            @Override
            public void onStep(GanTrainer trainer, StepReport report) {
                consumer.accept(report);
            }
        };
    }

    /**
     * Called when training starts or goes on.
     *
     * @param trainer the trainer
     * @param untilStep the step at which it will end
     */
    default void onStart(GanTrainer trainer, long untilStep) {}

    /**
     * Called after each step.
     *
     * @param trainer the trainer
     * @param report what happened in the step
     */
    default void onStep(GanTrainer trainer, StepReport report) {}

    /**
     * Called when training ends, at its last step or when it was asked to stop.
     *
     * @param trainer the trainer
     */
    default void onEnd(GanTrainer trainer) {}

    /**
     * Called instead of {@link #onEnd} when a step or a listener failed. The weights may be those
     * of half a step.
     *
     * @param trainer the trainer
     * @param failure what was thrown; it reaches the caller afterwards
     */
    default void onFailure(GanTrainer trainer, Throwable failure) {}

    /**
     * Tells whether the listener wants the norms of the gradients in the report of a step. They
     * cost a pass over all gradients.
     *
     * @param step the number of the step, counted from 1
     * @return {@code false} unless overridden
     */
    default boolean wantsGradientNorms(long step) {
        return false;
    }
}
