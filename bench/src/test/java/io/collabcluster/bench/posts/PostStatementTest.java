package io.collabcluster.bench.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostStatementTest {

    private static final PostStatement STATEMENT =
            new PostStatement("select $1, $2, $3, $4, $5, $6::text::json, $7::text::json, $8, $9, $2\n");

    @Test
    void eachParameterBecomesAVariableOfPgbench() {
        assertThat(STATEMENT.script(new Workload(64, false))).isEqualTo("""
                \\set author :client_id + 1000
                \\set topic :author
                \\set client random(1000000000000000000, 9223372036854775807)
                select gen_random_uuid(), :topic, :author, :name, :text, null::text::json, null::text::json, :client, :bytes, :topic;
                """);
    }

    @Test
    void allAuthorsCanPostOnTheSameTopic() {
        assertThat(STATEMENT.script(new Workload(64, true))).contains("\\set topic 1000\n");
    }

    @Test
    void aStatementWithOtherParametersIsRefused() {
        assertThatThrownBy(() -> new PostStatement("select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("$1 to $9");
    }
}
