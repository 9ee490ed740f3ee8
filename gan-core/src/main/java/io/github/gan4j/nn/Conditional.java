package io.github.gan4j.nn;

/**
 * Marks a block whose inputs are features and then the conditions of the batch, such as class
 * labels; it returns features alone.
 *
 * <p>Containers of this package hand the conditions to their blocks that bear this mark, and
 * features alone to all others.
 */
public interface Conditional {}
