/**
 * The benchmark: a variant trained by gan4j and by the equivalent PyTorch script, taking turns.
 *
 * <p>A {@link io.github.gan4j.bench.Contestant} is one side, {@link
 * io.github.gan4j.bench.Benchmark} lets them take turns, {@link io.github.gan4j.bench.PeerNetwork}
 * knows which variants the script has.
 */
package io.github.gan4j.bench;
