/**
 * The contract kit: what a loss, a penalty, a strategy and a network have to keep to, as JUnit 5
 * tests that a class of one's own inherits.
 *
 * <pre>{@code
 * class MyLossTest extends LossContract {
 *     protected Loss newLoss() {
 *         return new MyLoss();
 *     }
 * }
 * }</pre>
 *
 * <p>Each test is a rule. One that is broken says so in a line: the rule, what came instead, and
 * how to mend it. The kit is a jar of its own, {@code gan-core} with the classifier {@code
 * contract}, and needs nothing but JUnit Jupiter beside it.
 */
package io.github.gan4j.contract;
