package io.github.gan4j;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds {@link Component}s by name, and sets their options.
 *
 * <p>A component is written {@code NAME}, {@code NAME=VALUE}, which sets its first option, or
 * {@code NAME:OPTION=VALUE,OPTION=VALUE}, or both: {@code hinge}, {@code r1=10}, {@code
 * alternating:critic=5}, {@code r1=10,interval=16}. The options are the components of its record; a
 * class that is no record has none.
 *
 * <p>Classes are found by {@link ServiceLoader}: they are public, have a public constructor without
 * arguments, which gives the defaults, and are listed in {@code META-INF/services/} under the name
 * of their interface, for instance {@code io.github.gan4j.Loss}.
 */
public final class Components {

    private static final Pattern SPEC = Pattern.compile("([^=:,]+)(?:=([^:,]*))?(?:[:,](.*))?");

    private Components() {}

    /**
     * Lists the components of a type.
     *
     * @param type the interface, for instance {@code Loss.class}
     * @param <T> the interface
     * @return all on the class path, with their defaults, ordered by name
     */
    public static <T extends Component> List<T> list(Class<T> type) {
        List<T> found = new ArrayList<>();
        ServiceLoader.load(type).forEach(found::add);
        found.sort(Comparator.comparing(Component::getName));
        return found;
    }

    /**
     * Makes a component of what a user wrote.
     *
     * @param type the interface, for instance {@code Loss.class}
     * @param spec the name, and options if any
     * @param <T> the interface
     * @return the component
     * @throws InvalidInputException if there is no such name or option, or a value is wrong
     */
    public static <T extends Component> T parse(Class<T> type, String spec) {
        Matcher matcher = SPEC.matcher(spec.strip());
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "The %s '%s' has no name; write it as in 'name=1' or 'name:option=1'."
                            .formatted(noun(type), spec));
        }
        T defaults = find(type, matcher.group(1).strip());
        Map<String, Object> options = getOptions(defaults);
        if (matcher.group(2) != null) {
            if (options.isEmpty()) {
                throw noOption(type, defaults, matcher.group(2));
            }
            set(type, defaults, options, options.keySet().iterator().next(), matcher.group(2));
        }
        if (matcher.group(3) != null) {
            for (String option : matcher.group(3).split(",")) {
                String[] pair = option.split("=", 2);
                if (pair.length < 2 || !options.containsKey(pair[0].strip())) {
                    throw noOption(type, defaults, pair[0].strip());
                }
                set(type, defaults, options, pair[0].strip(), pair[1]);
            }
        }
        return options.isEmpty() ? defaults : make(defaults, options);
    }

    /**
     * Writes a component as {@link #parse} reads it.
     *
     * @param component the component
     * @return its name and all its options
     */
    public static String describe(Component component) {
        Map<String, Object> options = getOptions(component);
        return component.getName()
                + options.entrySet().stream()
                        .map(e -> e.getKey() + "=" + text(e.getValue()))
                        .collect(Collectors.joining(",", options.isEmpty() ? "" : ":", ""));
    }

    /**
     * Returns the options of a component.
     *
     * @param component the component
     * @return values by name, in order; empty for what is no record
     */
    public static Map<String, Object> getOptions(Component component) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (component.getClass().isRecord()) {
            try {
                for (RecordComponent option : component.getClass().getRecordComponents()) {
                    options.put(option.getName(), option.getAccessor().invoke(component));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(
                        component.getClass().getName() + " is not public; make it so.", e);
            }
        }
        return options;
    }

    private static <T extends Component> T find(Class<T> type, String name) {
        List<T> all = list(type);
        for (T candidate : all) {
            if (candidate.getName().equals(name)) {
                return candidate;
            }
        }
        List<String> names = all.stream().map(Component::getName).toList();
        throw new InvalidInputException(
                "There is no %s '%s'%s There are: %s."
                        .formatted(
                                noun(type),
                                name,
                                Names.didYouMean(name, names),
                                String.join(", ", names)));
    }

    private static InvalidInputException noOption(
            Class<?> type, Component component, String option) {
        Map<String, Object> options = getOptions(component);
        return new InvalidInputException(
                options.isEmpty()
                        ? "The %s %s takes no option, but '%s' was given; leave it out."
                                .formatted(noun(type), component.getName(), option)
                        : "The %s %s has no option '%s'%s It has: %s."
                                .formatted(
                                        noun(type),
                                        component.getName(),
                                        option,
                                        Names.didYouMean(option, options.keySet()),
                                        String.join(", ", options.keySet())));
    }

    private static void set(
            Class<?> type,
            Component component,
            Map<String, Object> options,
            String option,
            String value) {
        Object present = options.get(option);
        try {
            options.put(option, convert(present, value.strip()));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "The option %s of the %s %s is '%s'; it must be %s."
                            .formatted(
                                    option,
                                    noun(type),
                                    component.getName(),
                                    value,
                                    expected(present)),
                    e);
        }
    }

    private static Object convert(Object present, String value) {
        if (present instanceof Integer) {
            return Integer.valueOf(value);
        }
        if (present instanceof Long) {
            return Long.valueOf(value);
        }
        if (present instanceof Float) {
            return Float.valueOf(value);
        }
        if (present instanceof Double) {
            return Double.valueOf(value);
        }
        if (present instanceof Boolean) {
            if (!"true".equals(value) && !"false".equals(value)) {
                throw new IllegalArgumentException(value);
            }
            return Boolean.valueOf(value);
        }
        if (present instanceof Enum<?> choice) {
            return Enum.valueOf(choice.getDeclaringClass(), value.toUpperCase(Locale.ROOT));
        }
        return value;
    }

    private static String expected(Object present) {
        if (present instanceof Integer || present instanceof Long) {
            return "a whole number";
        }
        if (present instanceof Number) {
            return "a number";
        }
        if (present instanceof Enum<?> choice) {
            return "one of "
                    + Arrays.stream(choice.getDeclaringClass().getEnumConstants())
                            .map(Components::text)
                            .collect(Collectors.joining(", "));
        }
        return "true or false";
    }

    private static String text(Object value) {
        String text = value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : "" + value;
        return value instanceof Number && text.endsWith(".0")
                ? text.substring(0, text.length() - 2)
                : text;
    }

    private static <T extends Component> T make(T defaults, Map<String, Object> options) {
        Class<?>[] types =
                Arrays.stream(defaults.getClass().getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            @SuppressWarnings("unchecked")
            Constructor<T> canonical =
                    (Constructor<T>) defaults.getClass().getDeclaredConstructor(types);
            return canonical.newInstance(options.values().toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidInputException own) {
                throw own;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What users call the type: the last word of the name of its interface. */
    private static String noun(Class<?> type) {
        String name = type.getSimpleName();
        return name.replaceAll(".*(?=[A-Z])", "").toLowerCase(Locale.ROOT);
    }
}
