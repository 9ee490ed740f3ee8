package io.github.gan4j.watch;

/**
 * What a {@link Watcher} has to say.
 *
 * @param step the number of steps done
 * @param symptom what is wrong
 * @param message one line: what is seen, and what to do about it
 */
public record Warning(long step, Symptom symptom, String message) {}
