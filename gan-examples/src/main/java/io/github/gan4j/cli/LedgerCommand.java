package io.github.gan4j.cli;

import io.github.gan4j.ledger.Ledger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gan4j ledger}. */
@Command(
        name = "ledger",
        description = "Makes the table of results: trains, measures, and writes docs/results.md.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "What is done is not done again. Several of these may work on one ledger at a time;"
                    + " kill one at any moment, the next goes on."
        })
final class LedgerCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--ledger",
            paramLabel = "DIR",
            defaultValue = "docs/ledger",
            description =
                    "The tables, *.yaml; results are kept in DIR/results (default: docs/ledger).")
    private Path ledger;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "docs/results.md",
            description = "The page (default: docs/results.md).")
    private Path out;

    @Option(
            names = "--only",
            paramLabel = "LINE,...",
            split = ",",
            description = "Works on these lines; * stands for anything.")
    private List<String> only = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "N,...",
            split = ",",
            description = "Works on these seeds of the lines (default: all).")
    private List<Long> seeds = List.of();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes that share the work (default: 1).")
    private int jobs;

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            defaultValue = "runs/ledger",
            description = "Where runs go while they are trained (default: runs/ledger).")
    private Path scratch;

    @Option(names = "--keep-runs", description = "Leaves the runs there.")
    private boolean keepRuns;

    @Option(
            names = "--commit",
            paramLabel = "HASH",
            defaultValue = "${GAN4J_COMMIT}",
            description = "The version of gan4j (default: GAN4J_COMMIT, or what git says).")
    private String commit;

    @Mixin private DeviceOption device;

    @Option(
            names = "--hardware",
            paramLabel = "TEXT",
            description = "What this runs on (default: the model of the processor or the GPU).")
    private String hardware;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            defaultValue = "python3",
            description = "A Python that has torch, for the lines of PyTorch (default: python3).")
    private String python;

    @Option(names = "--list", description = "Says what there is to do, and does nothing.")
    private boolean list;

    @Option(names = "--page", description = "Writes the page from what is done, and does no more.")
    private boolean pageOnly;

    @Override
    public Integer call() {
        Ledger made =
                Ledger.builder()
                        .setFolder(ledger)
                        .setPage(out)
                        .setScratch(scratch)
                        .optOnly(only)
                        .optSeeds(seeds)
                        .optCommit(commit)
                        .optDevice(device.find())
                        .optHardware(hardware)
                        .optKeepRuns(keepRuns)
                        .optPython(python)
                        .optLog(spec.commandLine().getErr())
                        .build();
        if (list) {
            made.list(spec.commandLine().getOut());
            return 0;
        }
        int failures = pageOnly ? 0 : made.work(jobs);
        made.writePage();
        return failures == 0 ? 0 : 1;
    }
}
