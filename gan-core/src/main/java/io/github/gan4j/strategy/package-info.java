/** Strategies: who moves when. */
package io.github.gan4j.strategy;
