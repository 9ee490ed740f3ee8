/** Games that translate pictures between two domains: what they are made of beside the loop. */
package io.github.gan4j.translation;
