package io.github.gan4j.cli;

import io.github.gan4j.bench.BenchOptions;
import io.github.gan4j.bench.Figures;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gan4j bench}. */
@Command(
        name = "bench",
        description = {
            "Measures the speed and the memory of training, beside PyTorch where a Python has it.",
            "",
            "gan4j and PyTorch train the same network on random images, in turns. PyTorch trains"
                    + " in two forms: eager, as its users write it, and lean, with the work saved"
                    + " that can be saved. gan4j's moving average of the weights, which PyTorch's"
                    + " scripts do not keep, is off; --set movingAverage=0.999 turns it on."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private BenchOptions options;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Figures figures =
                Figures.of(
                        options,
                        line -> {
                            err.println(line);
                            err.flush();
                        });
        PrintWriter out = spec.commandLine().getOut();
        out.print(figures.toText());
        out.flush();
        return 0;
    }
}
