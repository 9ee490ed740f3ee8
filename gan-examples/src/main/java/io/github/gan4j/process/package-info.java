/** This program as others see it: a process of its own, and the files that it leaves. */
package io.github.gan4j.process;
