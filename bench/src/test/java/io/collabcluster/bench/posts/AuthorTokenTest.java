package io.collabcluster.bench.posts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuthorTokenTest {

    /** Made by another implementation from the same secret and claims. */
    @Test
    void aTokenIsSignedForAnHour() {
        assertThat(AuthorToken.of("1007", "Ann", Instant.ofEpochSecond(1_800_000_000)))
                .isEqualTo("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
                        + ".eyJzdWIiOiIxMDA3IiwibmFtZSI6IkFubiIsImV4cCI6MTgwMDAwMzYwMH0"
                        + ".Q64rNRQGdXcTGT8KKmKjxYbbkVxZoMuZmmdPcVRslok");
    }
}
