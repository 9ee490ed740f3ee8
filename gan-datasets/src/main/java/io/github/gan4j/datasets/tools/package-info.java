/** Tools that make the embedded data, and a DJL repository for use without a network. */
package io.github.gan4j.datasets.tools;
