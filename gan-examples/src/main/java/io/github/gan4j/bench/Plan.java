package io.github.gan4j.bench;

/**
 * How many turns the sides take, and how long ones.
 *
 * @param steps timed steps of each side in all
 * @param rounds turns of each side, at most as many as steps
 * @param images images to generate in each of {@link #GENERATING_ROUNDS} turns; 0 for none
 */
record Plan(int steps, int rounds, int images) {

    /** The length of a turn unless steps are given. */
    static final double TURN_MILLISECONDS = 1000;

    /** The turns in which images are generated. */
    static final int GENERATING_ROUNDS = 3;

    /**
     * Returns how many steps fill a turn.
     *
     * @param turnMilliseconds the length of the turn
     * @param stepMilliseconds about how long a step takes; NaN if there was no warm-up
     * @param most the most of them
     */
    static int stepsOfTurn(double turnMilliseconds, double stepMilliseconds, int most) {
        double steps = Double.isNaN(stepMilliseconds) ? 10 : turnMilliseconds / stepMilliseconds;
        return (int) Math.max(1, Math.min(most, steps));
    }

    /** Returns the number of steps in a round, counted from 0; they differ by one at most. */
    int stepsOf(int round) {
        return steps / rounds + (round < steps % rounds ? 1 : 0);
    }

    /** Returns the round after which memory is looked at first: that which ends a tenth. */
    int earlyRound() {
        return Math.max(1, rounds / 10) - 1;
    }

    /** Returns the number of steps up to the end of a round, counted from 0. */
    int stepsUntil(int round) {
        int sum = 0;
        for (int i = 0; i <= round; i++) {
            sum += stepsOf(i);
        }
        return sum;
    }
}
