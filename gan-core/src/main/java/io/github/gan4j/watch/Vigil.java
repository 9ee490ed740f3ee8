package io.github.gan4j.watch;

/**
 * A condition that is watched: it shows once it has held for so many looks without a break, and is
 * over once it has not held for as many.
 */
final class Vigil {

    private final int patience;

    /** Looks since the condition last changed; below 0 while it does not hold. */
    private int streak;

    private boolean shown;

    Vigil(int patience) {
        this.patience = patience;
    }

    /** Takes a look; returns whether the condition shows now and did not before. */
    boolean look(boolean holds) {
        streak = holds ? Math.max(streak, 0) + 1 : Math.min(streak, 0) - 1;
        boolean before = shown;
        if (streak >= patience) {
            shown = true;
        } else if (streak <= -patience) {
            shown = false;
        }
        streak = Math.max(-patience, Math.min(patience, streak));
        return shown && !before;
    }

    /** Whether the condition shows, or held when it was last looked at. */
    boolean isBegun() {
        return shown || streak > 0;
    }

    int[] getState() {
        return new int[] {streak, shown ? 1 : 0};
    }

    void setState(int newStreak, boolean newShown) {
        streak = newStreak;
        shown = newShown;
    }
}
