/** The command line. */
package io.github.gan4j.cli;
