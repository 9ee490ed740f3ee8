package io.github.gan4j.datasets.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.TranslationDataset;
import io.github.gan4j.datasets.PictureArchive;
import io.github.gan4j.datasets.TranslationDatasets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmojiToolTest {

    @TempDir Path folder;

    @Test
    void should_write_a_folder_that_opens() throws IOException {
        writePackages();
        Path out = folder.resolve("out");
        tool("emoji", 24).write(out);
        TranslationDataset emoji =
                TranslationDatasets.open(
                        out.toString(), false, DatasetOptions.defaults().withSize(24));
        assertThat(emoji.size()).isEqualTo(10);
        assertThat(emoji.getTest().orElseThrow().isPaired()).isTrue();
        assertThat(emoji.getTest().orElseThrow().size()).isEqualTo(4);
    }

    @Test
    void should_lay_pairs_side_by_side_with_black_lines() throws IOException {
        writePackages();
        Path out = folder.resolve("out");
        tool("sketch", 16).write(out);
        BufferedImage both = ImageIO.read(firstOf(out.resolve("train")).toFile());
        assertThat(both.getWidth()).isEqualTo(32);
        assertThat(both.getHeight()).isEqualTo(16);
        // The left half of each icon is drawn, the rest is white.
        assertThat(both.getRGB(4, 8) & 0xFFFFFF).isZero();
        assertThat(both.getRGB(12, 8) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(both.getRGB(16 + 4, 8) & 0xFF0000).isEqualTo(0xFF0000);
        assertThat(both.getRGB(16 + 12, 8) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(
                        TranslationDatasets.open(out.toString(), true, DatasetOptions.defaults())
                                .isPaired())
                .isTrue();
    }

    @Test
    void should_write_the_same_archive_again() throws IOException {
        writePackages();
        Path one = folder.resolve("one.zip");
        Path two = folder.resolve("two.zip");
        tool("sketch", 8).write(one);
        tool("sketch", 8).write(two);
        assertThat(two).hasSameBinaryContentAs(one);
        try (InputStream in = Files.newInputStream(one)) {
            PictureArchive archive = PictureArchive.read(in);
            assertThat(archive.getPart("trainA").pictures().getShape())
                    .containsExactly(20, 1, 8, 8);
            assertThat(archive.getPart("trainB").pictures().getShape())
                    .containsExactly(20, 3, 8, 8);
        }
    }

    @Test
    void should_take_skin_tones_that_differ() throws IOException {
        writePackages();
        List<EmojiRecipe.Icon> icons = EmojiRecipe.of("tones", folder).icons();
        assertThat(icons.stream().map(EmojiRecipe.Icon::name)).containsExactly("hand");
        assertThat(icons.get(0).a()).contains("#fed");
        assertThat(icons.get(0).b()).contains("#321");
    }

    @Test
    void should_keep_variants_together() {
        List<EmojiRecipe.Icon> icons = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            for (String name : new String[] {"man-%d", "woman-%d", "%d-facing-right"}) {
                String own = name.formatted(i);
                icons.add(new EmojiRecipe.Icon(own, "a" + own, "b" + own));
            }
            // Another name, but the same picture in domain B.
            icons.add(new EmojiRecipe.Icon("same" + i, "a same" + i, "bman-" + i));
        }
        EmojiSplit split = EmojiSplit.of(new EmojiRecipe("emoji", false, 40, icons));
        assertThat(split.test()).hasSize(40);
        assertThat(split.trainA()).hasSize(100);
        assertThat(split.trainB()).hasSize(100);
        Set<String> test = kinds(split.test());
        Set<String> trainA = kinds(split.trainA());
        Set<String> trainB = kinds(split.trainB());
        assertThat(test).hasSize(10).doesNotContainAnyElementsOf(trainA);
        assertThat(trainB).hasSize(25).doesNotContainAnyElementsOf(test);
        assertThat(trainB).doesNotContainAnyElementsOf(trainA);
    }

    @Test
    void should_draw_at_scale_without_seams() throws IOException {
        // Two shapes that meet in the middle of a pixel: no white may shine through.
        String svg =
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">\
                <path d="M0 0H3.5V8H0z"/><path d="M3.5 0H8V8H3.5z"/></svg>""";
        assertThat(new IconRenderer(8).render(svg)).hasSize(192).containsOnly(0);
    }

    @Test
    void should_fail_if_icons_are_missing() {
        assertThatThrownBy(() -> EmojiTool.make("emoji", folder, 32, folder.resolve("out")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("bring the icons with tools/fetch-emoji.sh first.");
        assertThatThrownBy(() -> EmojiTool.make("emojo", folder, 32, folder.resolve("out")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("There is no recipe for 'emojo': use emoji, sketch or tones.");
    }

    /** The tool with a recipe that holds out four icons only. */
    private EmojiTool tool(String name, int size) throws IOException {
        EmojiRecipe recipe = EmojiRecipe.of(name, folder);
        return new EmojiTool(new EmojiRecipe(name, recipe.paired(), 4, recipe.icons()), size);
    }

    private static Set<String> kinds(List<EmojiRecipe.Icon> icons) {
        return icons.stream()
                .map(icon -> icon.name().replaceAll("[^0-9]", ""))
                .collect(Collectors.toSet());
    }

    private static Path firstOf(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().findFirst().orElseThrow();
        }
    }

    /** Two dozen icons of three designers; each shows in its left half. */
    private void writePackages() throws IOException {
        StringBuilder noto = new StringBuilder();
        StringBuilder flat = new StringBuilder();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            String shade = "%02x".formatted(10 * i);
            add(noto, "icon-%03d".formatted(i), "#00" + shade + "ff");
            add(flat, "icon-%03d".formatted(i), "#ff00" + shade);
            lines.append(lines.isEmpty() ? "" : ",")
                    .append(
                            """
                            "icon-%03d": {"body": "<path fill='currentColor' d='M0 0H4V8H0z'/>\
                            <path fill='#fff' d='M%f 0h.1V8z'/>"}"""
                                    .formatted(i, 4 + i / 8.0));
        }
        add(noto, "hand-light-skin-tone", "#fed");
        add(noto, "hand-dark-skin-tone", "#321");
        add(noto, "boot-light-skin-tone", "#999");
        add(noto, "boot-dark-skin-tone", "#999");
        add(noto, "pair-dark-skin-tone-light-skin-tone", "#111");
        for (String base : new String[] {"hand", "boot"}) {
            add(noto, base, "#ff0");
        }
        write("noto", noto);
        write("fluent-emoji-flat", flat);
        write("fluent-emoji-high-contrast", lines);
    }

    private static void add(StringBuilder icons, String name, String colour) {
        icons.append(icons.isEmpty() ? "" : ",")
                .append(
                        """
                        "%s": {"body": "<path fill='%s' d='M0 0H4V8H0z'/>"}"""
                                .formatted(name, colour));
    }

    private void write(String name, StringBuilder icons) throws IOException {
        Path file = folder.resolve(name).resolve("icons.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"icons\": {%s}, \"width\": 8, \"height\": 8}".formatted(icons));
    }
}
