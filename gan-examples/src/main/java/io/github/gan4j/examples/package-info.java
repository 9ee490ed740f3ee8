/** Short programs that use gan4j from Java. */
package io.github.gan4j.examples;
