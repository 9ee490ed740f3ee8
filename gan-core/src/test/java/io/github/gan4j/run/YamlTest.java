package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

    /** Fields of each type, private as those of a builder. */
    private static final class Fields {
        private int whole = 1;
        private long large = 1L << 40;
        private double number = 0.5;
        private float small = 0.25f;
        private boolean flag = true;
        private String text = "x";
        private int[] list = {1, 2};
        private Integer maybe;
    }

    @TempDir Path temp;

    private static ObjectNode defaults() {
        return Yaml.toTree(new Fields());
    }

    private static Fields overlaid(Map<String, ?> values) {
        ObjectNode tree = defaults();
        Yaml.overlay(tree, Yaml.toTree(values), "field");
        return Yaml.fromTree(tree, Fields.class, "field");
    }

    @Test
    void should_map_private_fields() {
        Fields fields = Yaml.fromTree(defaults(), Fields.class, "field");
        assertThat(fields).usingRecursiveComparison().isEqualTo(new Fields());
        assertThat(Yaml.write(new Fields()))
                .contains("whole: 1", "number: 0.5", "flag: true", "text: x", "maybe: null");
    }

    @Test
    void should_take_whole_numbers_for_others() {
        Fields fields = overlaid(Map.of("number", 3, "large", 4, "small", 2, "maybe", 5));
        assertThat(fields.number).isEqualTo(3.0);
        assertThat(fields.large).isEqualTo(4L);
        assertThat(fields.small).isEqualTo(2f);
        assertThat(fields.maybe).isEqualTo(5);
    }

    @Test
    void should_take_one_value_for_a_list() {
        assertThat(overlaid(Map.of("list", 7)).list).containsExactly(7);
    }

    @Test
    void should_leave_the_other_values() {
        assertThat(overlaid(Map.of("text", "y")))
                .usingRecursiveComparison()
                .ignoringFields("text")
                .isEqualTo(new Fields());
    }

    @Test
    void should_fail_if_a_name_is_unknown() {
        assertThatThrownBy(() -> overlaid(Map.of("hole", 7)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "There is no field 'hole'; did you mean 'whole'? There are: whole, large,"
                                + " number, small, flag, text, list, maybe.");
        ObjectNode none = Yaml.toTree(Map.of());
        assertThatThrownBy(() -> Yaml.overlay(none, defaults(), "field"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("There is no field 'whole'.");
    }

    @Test
    void should_fail_if_a_type_is_wrong() {
        assertWrong(Map.of("whole", "x"), "The field 'whole' must be a whole number.");
        assertWrong(Map.of("whole", 1.5), "The field 'whole' must be a whole number.");
        assertWrong(Map.of("large", true), "The field 'large' must be a whole number.");
        assertWrong(Map.of("number", "x"), "The field 'number' must be a number.");
        assertWrong(Map.of("flag", 1), "The field 'flag' must be true or false.");
        assertWrong(
                Map.of("list", "x"),
                "The field 'list' must be a list, as in [1, 2]; each item a whole number.");
        assertWrong(Map.of("text", Map.of()), "The field 'text' must be text.");
        assertWrong(Map.of("maybe", "x"), "The field 'maybe' must be a whole number.");
    }

    private static void assertWrong(Map<String, ?> values, String message) {
        assertThatThrownBy(() -> overlaid(values))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    @Test
    void should_fail_if_a_number_is_too_large() {
        assertThatThrownBy(() -> overlaid(Map.of("whole", 1L << 40)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The field 'whole'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: [1     | line 1: expected ',' or ']', but got <stream end>.",
                "a: 1%b: } | line 2: expected the node content, but found '}'.",
                "a: 1%\tb: | line 2: found character",
                "a: 'x     | line 1: found unexpected end of stream.",
            })
    void should_tell_where_a_file_is_no_yaml(String text, String message) throws IOException {
        Path file = Files.writeString(temp.resolve("x.yaml"), text.replace("%", "\n"));
        assertThatThrownBy(() -> Yaml.readTree(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("'" + file + "' is not valid YAML, " + message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void should_fail_if_a_file_cannot_be_read() throws IOException {
        Path file = temp.resolve("x.yaml");
        assertThatThrownBy(() -> Yaml.readTree(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The file '%s' cannot be read; check that it is there.", file);
        for (String text : new String[] {"", "3", "- a", "# nothing"}) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> Yaml.readTree(file))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("holds no 'name: value' lines");
        }
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xFF});
        assertThatThrownBy(() -> Yaml.readTree(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no text in UTF-8");
    }

    @Test
    void should_read_values_as_yaml_does() {
        assertThat(Yaml.parseValue("3").isInt()).isTrue();
        assertThat(Yaml.parseValue("0.5").isDouble()).isTrue();
        assertThat(Yaml.parseValue("[1, 2]").isArray()).isTrue();
        assertThat(Yaml.parseValue("true").isBoolean()).isTrue();
        assertThat(Yaml.parseValue("word").isTextual()).isTrue();
        assertThat(Yaml.parseValue("").isNull()).isTrue();
    }
}
