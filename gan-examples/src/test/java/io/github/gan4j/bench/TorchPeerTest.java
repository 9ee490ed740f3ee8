package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class TorchPeerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration IMPATIENCE = Duration.ofMillis(300);

    @TempDir private Path folder;

    private static TorchPeer start(Path python) {
        return start(python, PATIENCE);
    }

    private static TorchPeer start(Path python, Duration patience) {
        return new TorchPeer("eager", List.of("sh", python.toString(), "script"), patience);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The PyTorch process (eager) ")
                .hasMessageEndingWith(" Leave it out with --no-python.")
                .hasMessageNotContaining("\n");
    }

    @Test
    void should_speak_the_protocol() throws IOException {
        try (TorchPeer peer = start(FakePython.good(folder))) {
            assertThat(peer.getName()).isEqualTo("PyTorch eager");
            assertThat(peer.getVersion()).isEqualTo("9.9");
            assertThat(peer.getThreads()).isEqualTo(1);
            assertThat(peer.getParameters())
                    .isEqualTo(Map.of("generator", 7L, "discriminator", 5L));
            Contestant.Turn turn = peer.run(3);
            assertThat(turn.stepMilliseconds()).containsExactly(2, 2, 2);
            assertThat(turn.perStep()).isEqualTo(3);
            assertThat(peer.memory()).isEqualTo(new Memory(120.5, null, null, null));
            assertThat(peer.generate(40)).isEqualTo(40);
        }
    }

    @Test
    void should_say_what_a_process_that_dies_complained_of() throws IOException {
        Path python =
                FakePython.write(folder, "echo 'Traceback' >&2; echo 'Error: no luck' >&2; exit 3");
        assertRefused(() -> start(python)).hasMessageContaining("ended at 'start': Error: no luck");
    }

    @Test
    void should_notice_that_a_process_died_later() throws IOException {
        TorchPeer peer = start(FakePython.greeting(folder, "echo 'killed' >&2; exit 1"));
        assertRefused(() -> peer.run(2)).hasMessageContaining("ended at 'run 2': killed");
        assertRefused(peer::memory).hasMessageContaining("ended at 'memory'");
    }

    @Test
    void should_refuse_garbage() throws IOException {
        Path python = FakePython.write(folder, "echo 'hello <world>'; sleep 60");
        assertRefused(() -> start(python)).hasMessageContaining("answered 'start' with 'hello <");
    }

    @Test
    void should_refuse_another_greeting() throws IOException {
        Path python = FakePython.write(folder, "echo '{\"ready\": false}'; sleep 60");
        assertRefused(() -> start(python)).hasMessageContaining("did not say that it is ready");
    }

    @Test
    void should_refuse_times_that_are_missing() throws IOException {
        TorchPeer peer = start(FakePython.greeting(folder, "echo '{\"ms\": [1]}'; sleep 60"));
        assertRefused(() -> peer.run(2)).hasMessageContaining("timed 1 steps of 2");
    }

    @Test
    void should_pass_an_error_on() throws IOException {
        TorchPeer peer = start(FakePython.greeting(folder, "echo '{\"error\": \"too big\"}'"));
        assertRefused(() -> peer.generate(2))
                .hasMessageContaining("failed at 'generate 2': too big. Leave");
    }

    @Test
    void should_not_wait_for_ever() throws IOException {
        Path python = FakePython.write(folder, "sleep 60");
        assertRefused(() -> start(python, IMPATIENCE))
                .hasMessageContaining("did not answer 'start' in time");
    }

    @Test
    void should_not_be_blocked_by_many_complaints() throws IOException {
        String complain =
                "i=0; while [ $i -lt 5000 ]; do echo 'a warning of some length, again' >&2;"
                        + " i=$((i + 1)); done; echo '{\"ms\": 5}'";
        try (TorchPeer peer = start(FakePython.greeting(folder, complain))) {
            assertThat(peer.generate(1)).isEqualTo(5);
        }
    }

    @Test
    void should_end_the_process_and_its_children() throws IOException {
        TorchPeer peer = start(FakePython.greeting(folder, "sleep 60 & wait"));
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        assertThat(before).isNotEmpty();
        peer.close();
        assertThat(before).allSatisfy(TorchPeerTest::assertEnds);
    }

    private static void assertEnds(ProcessHandle process) {
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void should_refuse_a_program_that_is_not_there() {
        List<String> command = List.of(folder.resolve("nothing").toString());
        assertThatThrownBy(() -> new TorchPeer("lean", command, PATIENCE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be run; give --python");
    }
}
