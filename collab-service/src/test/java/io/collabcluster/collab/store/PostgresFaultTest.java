package io.collabcluster.collab.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.collab.store.PostgresException.Kind;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresFaultTest {

    private static final PostgresTarget TARGET = PostgresTarget.of(new PostgresOptions(
            Optional.empty(),
            "db.example.com",
            5432,
            "collab",
            "ann",
            Optional.of("a password"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1));

    private static PostgresException explained(String state, String message) {
        return PostgresFault.explain(new SQLException(message, state), TARGET);
    }

    @Test
    void aDiskThatIsFullMakesPostgresUnavailable() {
        var fault = explained("53100", "could not extend file: No space left on device");
        assertThat(fault.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(fault).hasMessageContaining("db.example.com").hasMessageContaining("No space left on device");
    }

    @ParameterizedTest
    @CsvSource({
        "28P01,MISCONFIGURED",
        "3D000,MISCONFIGURED",
        "42501,MISCONFIGURED",
        "23505,DUPLICATE",
        "57P01,UNAVAILABLE",
        "40001,UNAVAILABLE",
        "22001,REFUSED"
    })
    void theStateDecidesWhatCanBeDone(String state, Kind kind) {
        assertThat(explained(state, "a reason").kind()).isEqualTo(kind);
    }

    @Test
    void thePasswordIsNeverSaid() {
        assertThat(explained("28P01", "password authentication failed")).hasMessageNotContaining("a password");
    }
}
