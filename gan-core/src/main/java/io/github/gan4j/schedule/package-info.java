/** Schedules: how learning rates change in the course of a training. */
package io.github.gan4j.schedule;
