package io.github.gan4j;

/** How many domains a data set holds, and whether their samples belong together. */
public enum Domains {
    /** Samples of one kind, to draw more of. */
    ONE,
    /** Samples of two kinds, A and B, that have nothing to do with each other one by one. */
    UNPAIRED,
    /** Samples of two kinds, A and B, sample i of one the translation of sample i of the other. */
    PAIRED
}
