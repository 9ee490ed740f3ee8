/** Layers that Deep Java Library lacks, as DJL blocks: saved, loaded and nested like any other. */
package io.github.gan4j.nn;
