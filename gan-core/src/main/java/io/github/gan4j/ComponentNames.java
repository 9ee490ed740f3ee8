package io.github.gan4j;

import java.util.Locale;

/** Derives the name of a component from its class: {@code NonSaturatingLoss}, non-saturating. */
final class ComponentNames {

    private ComponentNames() {}

    static String of(Class<?> type, String suffix) {
        if (type.isAnonymousClass() || type.isSynthetic() || type.isHidden()) {
            return "custom";
        }
        String name = type.getSimpleName();
        if (name.endsWith(suffix) && name.length() > suffix.length()) {
            name = name.substring(0, name.length() - suffix.length());
        }
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
