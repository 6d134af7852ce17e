package io.collabcluster.operator.pod;

/**
 * Something in a specification that the schema can't refuse.
 *
 * @param where its path, e.g. {@code spec.config.port}
 */
public record SpecFault(String where, String wrong, String right) {

    @Override
    public String toString() {
        return where + ": " + wrong + "; " + right;
    }
}
