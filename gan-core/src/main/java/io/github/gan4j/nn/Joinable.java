package io.github.gan4j.nn;

/** A block that can compute in one call of the engine with its neighbours. */
interface Joinable {

    /**
     * Tells whether that is so, for a container of all that is in it.
     *
     * @return {@code true} unless overridden
     */
    default boolean isJoinable() {
        return true;
    }

    /**
     * Puts down what this block computes.
     *
     * @param call the call, whose last value this block's becomes
     * @param x the features that the block takes
     * @return the features that it makes
     */
    JointCall.Value join(JointCall call, JointCall.Value x);

    /** Whether an object can join; {@code false} for what is not {@code Joinable}. */
    static boolean canJoin(Object block) {
        return block instanceof Joinable joinable && joinable.isJoinable();
    }
}
