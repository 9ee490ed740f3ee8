/**
 * What a training leaves on disk, and how it goes on from there: checkpoints, metrics, pictures.
 */
package io.github.gan4j.run;
