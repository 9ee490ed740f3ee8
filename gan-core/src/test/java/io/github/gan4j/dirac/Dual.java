package io.github.gan4j.dirac;

/**
 * A number and its derivative by some variable: what a closed form is written in once, to have its
 * derivative too.
 *
 * @param value the number
 * @param slope its derivative
 */
record Dual(double value, double slope) {

    static final Dual ZERO = constant(0);

    static Dual constant(double value) {
        return new Dual(value, 0);
    }

    static Dual variable(double value) {
        return new Dual(value, 1);
    }

    Dual plus(Dual other) {
        return new Dual(value + other.value, slope + other.slope);
    }

    Dual plus(double number) {
        return new Dual(value + number, slope);
    }

    Dual minus(Dual other) {
        return plus(other.times(-1));
    }

    Dual times(Dual other) {
        return new Dual(value * other.value, slope * other.value + value * other.slope);
    }

    Dual times(double factor) {
        return new Dual(value * factor, slope * factor);
    }

    /** The logistic function. */
    Dual sigmoid() {
        double s = 1 / (1 + Math.exp(-value));
        return new Dual(s, s * (1 - s) * slope);
    }

    Dual relu() {
        return value > 0 ? this : ZERO;
    }

    /** One where the number is positive, else zero. */
    Dual step() {
        return constant(value > 0 ? 1 : 0);
    }

    /** By how much the number is beyond one in size, with its sign: {@code (|v| - 1) sign v}. */
    Dual beyondOne() {
        return plus(-Math.signum(value));
    }
}
