package io.github.gan4j;

import ai.djl.training.tracker.Tracker;
import java.util.List;

/** How a learning rate changes in the course of a training, as a factor. */
@FunctionalInterface
public interface Schedule extends Component {

    /**
     * Computes the factor of the learning rate.
     *
     * @param step the step of the training, counted from 0: a player that moves more than once in
     *     it has one rate in all its updates
     * @return 0 or more; 1 for the rate as it is set
     */
    double factor(long step);

    @Override
    default String getName() {
        return ComponentNames.of(getClass(), "Schedule");
    }

    /**
     * Makes a DJL tracker of a learning rate and its schedules.
     *
     * @param rate the learning rate
     * @param schedules the schedules, whose factors are multiplied
     * @return the tracker
     */
    static Tracker toTracker(double rate, List<Schedule> schedules) {
        return step -> {
            double value = rate;
            for (Schedule schedule : schedules) {
                value *= schedule.factor(step);
            }
            return (float) value;
        };
    }
}
