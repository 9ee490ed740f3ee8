package io.github.gan4j.cli;

import io.github.gan4j.Component;
import io.github.gan4j.Components;
import io.github.gan4j.Loss;
import io.github.gan4j.Penalty;
import io.github.gan4j.Schedule;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.Variant;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.run.RunConfig;
import io.github.gan4j.run.Variants;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gan4j list}. */
@Command(
        name = "list",
        description =
                "Lists variants, data sets, losses and the like, or the settings of a variant.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "VARIANT",
            description = "A variant, whose settings and their defaults are to be shown.")
    private String variant;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (variant != null) {
            Variant<?> found = Variants.find(variant);
            out.println(found.getName() + ": " + found.getSummary());
            out.println();
            out.println("Settings (--set KEY=VALUE) and their defaults for images of 32 px:");
            RunConfig.defaults(found, 1)
                    .getSettingDefaults()
                    .forEach((name, value) -> line(out, name, String.valueOf(value)));
        } else {
            out.println("Variants (gan4j train VARIANT):");
            Variants.list().forEach(v -> line(out, v.getName(), v.getSummary()));
            out.println();
            out.println("Data sets (--dataset NAME):");
            for (DatasetProvider provider : Datasets.list()) {
                line(out, provider.getName(), provider.getSummary());
            }
            components(out, "Losses (--loss NAME):", Loss.class);
            components(out, "Penalties (--penalty NAME=WEIGHT, may be repeated):", Penalty.class);
            components(out, "Strategies (--strategy NAME):", TrainingStrategy.class);
            components(out, "Schedules of the learning rate (--schedule NAME):", Schedule.class);
        }
        out.flush();
        return 0;
    }

    /** Names, what they are, and options with their defaults. */
    private static <T extends Component> void components(
            PrintWriter out, String title, Class<T> type) {
        out.println();
        out.println(title);
        for (T component : Components.list(type)) {
            String name = component.getName();
            String described = Components.describe(component);
            String options = described.substring(name.length()); // as in :critic=1,fresh=false
            line(out, name, component.getSummary() + (options.isEmpty() ? "" : "  " + options));
        }
    }

    private static void line(PrintWriter out, String name, String text) {
        out.printf("  %-28s %s%n", name, text);
    }
}
