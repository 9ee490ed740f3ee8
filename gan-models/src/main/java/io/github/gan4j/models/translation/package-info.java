/** Networks that translate pictures, and that judge translations patch by patch. */
package io.github.gan4j.models.translation;
