package io.github.gan4j.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Names;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maps typed objects, by their fields, to YAML and back, and says in one line what is wrong. */
final class Yaml {

    private static final ObjectMapper TREES = strict(JsonMapper.builder());
    private static final ObjectMapper FILES =
            strict(
                    YAMLMapper.builder(
                            YAMLFactory.builder()
                                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                                    .stringQuotingChecker(new QuoteNumbers())
                                    .build()));

    private static final Pattern LINE = Pattern.compile("line (\\d+), column");

    private Yaml() {}

    private static ObjectMapper strict(MapperBuilder<?, ?> builder) {
        return builder.addModule(new ComponentModule())
                .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    /** Turns an object into a tree of its fields. */
    static ObjectNode toTree(Object value) {
        return TREES.valueToTree(value);
    }

    /** Makes an object of a tree that has a value for each of its fields. */
    static <T> T fromTree(JsonNode tree, Class<T> type, String where) {
        try {
            return TREES.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw explain(e, where);
        }
    }

    /** Reads a file; an empty one is an empty tree. */
    static ObjectNode readTree(Path file) {
        try {
            JsonNode tree = FILES.readTree(Files.readString(file));
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new InvalidInputException(
                    "'" + file + "' is not a configuration: it holds no 'name: value' lines.");
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "'%s' is not valid YAML, line %s: %s.".formatted(file, line(e), problem(e)), e);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    "'" + file + "' is not a configuration: it is no text in UTF-8.", e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The file '" + file + "' cannot be read; check that it is there.", e);
        }
    }

    /** Reads one value as YAML does: {@code 3} is a number, {@code [1, 2]} a list. */
    static JsonNode parseValue(String text) {
        try {
            JsonNode value = FILES.readTree(text);
            return value.isMissingNode() ? TREES.nullNode() : value;
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "The value '" + text + "' cannot be read as YAML; put it into quotes.", e);
        }
    }

    static String write(Object value) {
        try {
            return FILES.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Lays values over defaults.
     *
     * @param defaults a tree with all names
     * @param values a tree with some of the names
     * @param what what the names are, for errors: {@code "setting"}
     */
    static void overlay(ObjectNode defaults, ObjectNode values, String what) {
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            String name = entry.getKey();
            JsonNode present = defaults.get(name);
            if (present == null) {
                List<String> names = new ArrayList<>();
                defaults.fieldNames().forEachRemaining(names::add);
                throw new InvalidInputException(
                        names.isEmpty()
                                ? "There is no %s '%s'.".formatted(what, name)
                                : "There is no %s '%s'%s There are: %s."
                                        .formatted(
                                                what,
                                                name,
                                                Names.didYouMean(name, names),
                                                String.join(", ", names)));
            }
            JsonNode value = entry.getValue();
            if (present.isDouble() && value.isIntegralNumber()) {
                value = defaults.numberNode(value.doubleValue());
            }
            if (present.isArray() && !value.isArray()) {
                value = defaults.arrayNode().add(value);
            }
            defaults.set(name, value);
        }
    }

    /** Quotes all text that begins as a number does; Jackson's own check knows plain ones only. */
    private static final class QuoteNumbers extends StringQuotingChecker.Default {

        @Override
        public boolean needToQuoteValue(String value) {
            return value.matches("(?si)[-+.]*[0-9].*|[-+]?\\.(inf|nan)")
                    || super.needToQuoteValue(value);
        }
    }

    private static InvalidInputException explain(JsonProcessingException e, String where) {
        if (e.getCause() instanceof InvalidInputException own) {
            return own;
        }
        String field = where;
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            StringBuilder path = new StringBuilder();
            for (JsonMappingException.Reference reference : mapping.getPath()) {
                if (reference.getFieldName() != null) {
                    path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
                }
            }
            field = where + " '" + path + "'";
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return new InvalidInputException(
                    "The " + field + " must be " + describe(mismatch.getTargetType()) + ".", e);
        }
        return new InvalidInputException(
                "The " + field + " cannot be read: " + firstLine(e.getOriginalMessage()), e);
    }

    private static String describe(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == float.class || type == Double.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (type.isArray()) {
            return "a list, as in [1, 2]; each item " + describe(type.getComponentType());
        }
        return type == String.class ? "text" : "a group of 'name: value'";
    }

    /** The line where the problem is; Jackson's own location is where its context began. */
    private static String line(JsonProcessingException e) {
        String line = "1";
        Matcher matcher = LINE.matcher(e.getOriginalMessage());
        while (matcher.find()) {
            line = matcher.group(1);
        }
        return line;
    }

    /** What is wrong, without what was being parsed meanwhile. */
    private static String problem(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(text -> !text.startsWith("while ") && !text.startsWith(" "))
                .findFirst()
                .orElse("");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
