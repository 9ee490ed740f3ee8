/**
 * The ledger of results: trains what the configurations say, measures it, keeps the numbers, and
 * writes the page that shows them.
 */
package io.github.gan4j.ledger;
