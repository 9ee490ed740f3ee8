/** This program as a process of its own. */
package io.github.gan4j.process;
