/** Optimisers whose state can be saved, and the moving average of weights. */
package io.github.gan4j.optim;
