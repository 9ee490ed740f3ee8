package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What a command line ended in. */
record Outcome(int status, String out, String err) {

    /** Fails the test unless the command was done, and nothing went wrong unseen. */
    Outcome done() {
        assertThat(status).as("%s", this).isZero();
        assertThat(err).doesNotContain("gan4j: ").doesNotContain("\tat ");
        return this;
    }

    /** Returns the one line that says what was wrong with the input, all that was printed. */
    String badInput() {
        assertThat(status).as("%s", this).isEqualTo(2);
        assertThat(err.lines()).as("%s", this).hasSize(1);
        return error();
    }

    /** Returns the one line, after those on progress, that says what failed. */
    String failure() {
        assertThat(status).as("%s", this).isEqualTo(1);
        return error();
    }

    private String error() {
        List<String> lines = err.lines().toList();
        String last = lines.get(lines.size() - 1);
        assertThat(lines.stream().filter(line -> line.startsWith("gan4j: "))).containsExactly(last);
        assertThat(err).doesNotContain("\tat ").doesNotContainPattern("(?m)^\\S*Exception");
        return last;
    }

    @Override
    public String toString() {
        return "exit status " + status + "\n" + out + "\n" + err;
    }
}
