package dev.paddock.gameserver.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox(10);

    @Test
    void linesComeOutInOrderAndBeforeTheState() throws Exception {
        outbox.show(bytes(1));
        outbox.add(bytes(2));
        outbox.add(bytes(3));

        assertThat(outbox.take()).containsExactly(2);
        assertThat(outbox.take()).containsExactly(3);
        assertThat(outbox.take()).containsExactly(1);
    }

    @Test
    void ofStatesOnlyTheLatestIsSent() throws Exception {
        outbox.show(bytes(1));
        outbox.show(bytes(2));
        outbox.finish(bytes(9));

        outbox.show(bytes(3));

        assertThat(outbox.take()).containsExactly(9);
        assertThat(outbox.take()).isNull();
    }

    @Test
    void whatWaitsIsBounded() {
        assertThat(outbox.add(new byte[6])).isTrue();
        assertThat(outbox.add(new byte[5])).isFalse();
        assertThat(outbox.add(new byte[4])).isTrue();
    }

    @Test
    void whatWasTakenMakesRoom() throws Exception {
        outbox.add(new byte[10]);
        outbox.take();

        assertThat(outbox.add(new byte[10])).isTrue();
    }

    @Test
    void nothingComesAfterTheLastLine() throws Exception {
        assertThat(outbox.finish(bytes(1))).isTrue();
        assertThat(outbox.finish(bytes(2))).isFalse();
        outbox.add(bytes(3));

        assertThat(outbox.take()).containsExactly(1);
        assertThat(outbox.take()).isNull();
    }

    private static byte[] bytes(int value) {
        return new byte[] {(byte) value};
    }
}
