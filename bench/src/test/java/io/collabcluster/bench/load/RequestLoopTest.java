package io.collabcluster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestLoopTest {

    private final Tally tally = new Tally();
    private final RequestLoop requests = new RequestLoop(tally);
    private final List<String> sent = new ArrayList<>();
    private final Client client = client();

    private Client client() {
        return new Client(
                new Client.Wire() {
                    @Override
                    public void open(Client opened) {}

                    @Override
                    public void send(ByteBuf packet) {
                        sent.add(packet.toString(StandardCharsets.US_ASCII));
                    }

                    @Override
                    public void reading(boolean on) {}

                    @Override
                    public void close() {}
                },
                new EmbeddedChannel().eventLoop(),
                new Behaviour() {});
    }

    private void begin() {
        requests.start(60);
        requests.next(client);
    }

    /** The data of the last request. */
    private String data() {
        return sent.getLast().replaceAll("^42\\d+\\[\"message-with-ack\",\"|\"]$", "");
    }

    private void answer(long id, String data) {
        ByteBuf in = Unpooled.copiedBuffer("[\"" + data + "\"]", StandardCharsets.US_ASCII);
        requests.answered(client, id, in, 0, in.readableBytes(), System.nanoTime());
    }

    @Test
    void eachAnswerIsFollowedByTheNextRequest() {
        begin();
        answer(1, data());
        answer(2, data());

        assertThat(sent).hasSize(3);
        assertThat(sent.getLast()).startsWith("423[\"message-with-ack\",\"");
        assertThat(tally.count()).isEqualTo(2);
        assertThat(tally.faults().sum()).isZero();
    }

    @Test
    void otherDataThanTheRequestHadAreWrong() {
        begin();
        answer(1, "x".repeat(60));

        assertThat(tally.faults().of(Fault.WRONG)).isEqualTo(1);
        assertThat(tally.count()).isZero();
        assertThat(sent).hasSize(2);
    }

    @Test
    void anAnswerToNoRequestIsWrong() {
        begin();
        answer(2, data());

        assertThat(tally.faults().of(Fault.WRONG)).isEqualTo(1);
        assertThat(requests.isUnderWay()).isTrue();
    }

    @Test
    void anAnswerThatComesAgainIsCountedAsThat() {
        begin();
        String first = data();
        answer(1, first);
        answer(1, first);

        assertThat(tally.faults().of(Fault.TWICE)).isEqualTo(1);
        assertThat(tally.count()).isEqualTo(1);
    }

    @Test
    void aRequestWithoutAnAnswerIsMissingAndTheNextOneIsSent() {
        begin();
        requests.check(client, System.nanoTime());
        assertThat(tally.faults().sum()).isZero();

        requests.check(client, System.nanoTime() + RequestLoop.PATIENCE_NANOS + 1);

        assertThat(tally.faults().of(Fault.MISSING)).isEqualTo(1);
        assertThat(sent).hasSize(2);
        answer(2, data());
        assertThat(tally.count()).isEqualTo(1);
    }

    @Test
    void afterTheEndNoneIsSentAndWhatIsUnderWayCanBeMissing() {
        begin();
        requests.stop();
        requests.giveUp();
        requests.giveUp();
        requests.next(client);

        assertThat(tally.faults().of(Fault.MISSING)).isEqualTo(1);
        assertThat(sent).hasSize(1);
    }
}
