package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionIdsTest {

    @Test
    void anIdNamesItsNodeAndIsTwentyCharacters() {
        NodeId node = new NodeId("n_-1");
        SessionIds ids = new SessionIds(() -> node);
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = ids.next();
            assertThat(id).matches("n_-1[A-Za-z0-9_-]{16}");
            made.add(id);
        }
        assertThat(made).hasSize(10_000);
    }

    @Test
    void aRandomNodeIsFourCharacters() {
        assertThat(NodeId.random().text()).matches("[A-Za-z0-9_-]{4}");
    }

    @Test
    void aSessionIdSaysWhichNodeItIsOn() {
        assertThat(NodeId.ofSession("n_-1AAAAAAAAAAAAAAAA")).contains(new NodeId("n_-1"));
        for (String sid : new String[] {"", "n_-1", "n_-1AAAAAAAAAAAAAAAAA", "n.-1AAAAAAAAAAAAAAAA"}) {
            assertThat(NodeId.ofSession(sid)).isEmpty();
        }
    }

    @Test
    void anotherNodeNameIsRefused() {
        for (String node : new String[] {"", "abc", "abcde", "ab.d", "äbcd"}) {
            assertThatThrownBy(() -> new NodeId(node)).hasMessageContaining("4 characters");
        }
    }
}
