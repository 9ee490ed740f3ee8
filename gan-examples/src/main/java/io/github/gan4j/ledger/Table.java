package io.github.gan4j.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.metric.ProtocolName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table of the ledger: a YAML file. Each column holds the numbers of one protocol.
 *
 * @param title the heading
 * @param text what is said above the table
 * @param columns the names of protocols, as {@code fid10k-digits-v1}
 * @param lines the lines
 */
public record Table(String title, String text, List<String> columns, List<Line> lines) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * Constructs a table.
     *
     * @param title the heading
     * @param text what is said above the table
     * @param columns the names of protocols
     * @param lines the lines
     * @throws InvalidInputException if a column names no protocol
     */
    public Table {
        columns = columns == null ? List.of() : List.copyOf(columns);
        lines = lines == null ? List.of() : List.copyOf(lines);
        columns.forEach(ProtocolName::parse);
    }

    /**
     * Reads all tables of a folder, in the order of the names of their files.
     *
     * @param folder the folder
     * @return the tables
     * @throws InvalidInputException if there are none, or one cannot be read
     */
    static List<Table> readAll(Path folder) {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "There is no ledger '%s'; name its folder with --ledger.".formatted(folder), e);
        }
        if (files.isEmpty()) {
            throw new InvalidInputException(
                    "The ledger '%s' holds no table, no .yaml file.".formatted(folder));
        }
        List<Table> tables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path file : files) {
            Table table = read(file);
            for (Line line : table.lines()) {
                if (!names.add(line.name())) {
                    throw new InvalidInputException(
                            "Two lines of the ledger are called '%s'; rename one in '%s'."
                                    .formatted(line.name(), file));
                }
            }
            tables.add(table);
        }
        return tables;
    }

    private static Table read(Path file) {
        try {
            return YAML.readValue(file.toFile(), Table.class);
        } catch (JsonProcessingException e) {
            String reason =
                    e.getCause() instanceof InvalidInputException own
                            ? own.getMessage()
                            : e.getOriginalMessage().lines().findFirst().orElse("");
            throw new InvalidInputException(
                    "The table '%s' of the ledger cannot be read: %s".formatted(file, reason), e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The table '" + file + "' of the ledger cannot be read.", e);
        }
    }
}
