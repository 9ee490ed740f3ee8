package io.github.gan4j.run;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import java.nio.file.Path;
import java.util.Map;

/** Builds the block of an exported generator for DJL's {@code Criteria}. */
public final class GeneratorBlockFactory implements BlockFactory {

    private static final long serialVersionUID = 1L;

    /** Constructs a factory; DJL does so by name. */
    public GeneratorBlockFactory() {}

    @Override
    public Block newBlock(Model model, Path modelPath, Map<String, ?> arguments) {
        GeneratorExport.Description description = GeneratorExport.readDescription(modelPath);
        return description.choose(description.buildGan()).getBlock();
    }
}
