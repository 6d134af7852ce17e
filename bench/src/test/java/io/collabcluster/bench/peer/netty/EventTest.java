package io.collabcluster.bench.peer.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {

    @Test
    void eventsAreCutFromTheirText() {
        assertThat(Event.parse("4212[\"join\",\"r\"]")).contains(new Event.Join("12", "r"));
        assertThat(Event.parse("42[\"publish\",\"r\",\"a,b\"]")).contains(new Event.Publish("r", "\"a,b\""));
        assertThat(Event.parse("420[\"message-with-ack\",\"a\"]")).contains(new Event.Echo("0", "\"a\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42",
                "42[",
                "42]",
                "42[]",
                "42[\"join\",\"]",
                "42[\"join\"]",
                "42[\"publish\",\"r\"]",
                "42[\"other\",1]"
            })
    void anythingElseIsNone(String packet) {
        assertThat(Event.parse(packet)).isEmpty();
    }
}
