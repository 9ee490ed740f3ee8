package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FontsTest {

    @Test
    void should_find_fonts_where_text_can_be_measured() {
        assertThat(Fonts.probe(() -> "measured")).isTrue();
    }

    /** What Java 17 and 25 throw where fontconfig, all fonts, or libfreetype are missing. */
    static Stream<Supplier<?>> failures() {
        return Stream.of(
                () -> {
                    throw new NullPointerException("sun.awt.FontConfiguration.head is null");
                },
                () -> {
                    throw new InternalError("Fontconfig head is null");
                },
                () -> {
                    throw new UnsatisfiedLinkError("libfontmanager.so");
                },
                () -> {
                    throw new NoClassDefFoundError("sun.font.SunFontManager");
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void should_go_on_without_fonts(Supplier<?> failure) {
        assertThat(Fonts.probe(failure)).isFalse();
    }
}
