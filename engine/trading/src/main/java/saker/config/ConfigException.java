package saker.config;

import java.util.List;

/** Everything that is wrong with a configuration, all at once. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> violations;

    public ConfigException(List<String> violations) {
        super("invalid configuration:\n  " + String.join("\n  ", violations));
        this.violations = List.copyOf(violations);
    }

    /** Each names file, key, value and what is allowed. */
    public List<String> violations() {
        return violations;
    }
}
