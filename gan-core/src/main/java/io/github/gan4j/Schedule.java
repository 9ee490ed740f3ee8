package io.github.gan4j;

import ai.djl.training.tracker.Tracker;
import java.util.List;

/** How a learning rate changes in the course of a training, as a factor. */
@FunctionalInterface
public interface Schedule extends Component {

    /**
     * Computes the factor of the learning rate.
     *
     * @param update the number of the player's update, counted from 0
     * @return 0 or more; 1 for the rate as it is set
     */
    double factor(long update);

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
        return update -> {
            double value = rate;
            for (Schedule schedule : schedules) {
                value *= schedule.factor(update);
            }
            return (float) value;
        };
    }
}
