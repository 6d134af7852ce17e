package io.collabcluster.balance.recipe;

/** Writes a configuration: lines, blocks, and comments that are wrapped. */
final class ConfigText {

    private static final int WIDTH = 110;
    private static final int STEP = 4;

    private final StringBuilder text = new StringBuilder();
    private int indent;

    /** Why the next lines are there. */
    ConfigText why(String comment) {
        String begin = " ".repeat(indent) + "#";
        var current = new StringBuilder(begin);
        for (String word : comment.split(" ")) {
            if (current.length() + 1 + word.length() > WIDTH) {
                text.append(current).append('\n');
                current = new StringBuilder(begin);
            }
            current.append(' ').append(word);
        }
        text.append(current);
        text.append('\n');
        return this;
    }

    /** A line of another file, within the comments: not wrapped. */
    ConfigText quote(String line) {
        text.append(" ".repeat(indent)).append("#   ").append(line).append('\n');
        return this;
    }

    ConfigText line(String line) {
        text.append(" ".repeat(indent)).append(line).append('\n');
        return this;
    }

    ConfigText lineIf(boolean condition, String line) {
        return condition ? line(line) : this;
    }

    ConfigText gap() {
        text.append('\n');
        return this;
    }

    /** {@code head { … }} */
    ConfigText block(String head, Runnable inner) {
        line(head + " {");
        section(inner);
        return line("}");
    }

    /** A head with its lines below it. */
    ConfigText section(String head, Runnable inner) {
        line(head);
        section(inner);
        return this;
    }

    private void section(Runnable inner) {
        indent += STEP;
        inner.run();
        indent -= STEP;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
