/**
 * A game of players and the loop that trains them.
 *
 * <p>The four doors that users come in by are {@link io.github.gan4j.Generator}, {@link
 * io.github.gan4j.Discriminator}, {@link io.github.gan4j.Loss} and {@link
 * io.github.gan4j.TrainingStrategy}; a {@link io.github.gan4j.Gan} puts them together and a {@link
 * io.github.gan4j.GanTrainer} trains it.
 */
package io.github.gan4j;
