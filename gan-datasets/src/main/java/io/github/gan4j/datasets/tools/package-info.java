/**
 * Tools that make the embedded data, at other sizes too, and a DJL repository for use without a
 * network.
 */
package io.github.gan4j.datasets.tools;
