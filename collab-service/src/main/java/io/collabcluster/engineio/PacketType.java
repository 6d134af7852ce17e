package io.collabcluster.engineio;

/** The packet types of Engine.IO v4, by the first character of a text packet. */
enum PacketType {
    OPEN('0'),
    CLOSE('1'),
    PING('2'),
    PONG('3'),
    MESSAGE('4'),
    UPGRADE('5'),
    NOOP('6');

    private static final PacketType[] BY_DIGIT = values();

    private final char wire;

    PacketType(char wire) {
        this.wire = wire;
    }

    char wire() {
        return wire;
    }

    static PacketType of(char wire) throws PacketException {
        int digit = wire - '0';
        if (digit < 0 || digit >= BY_DIGIT.length) {
            throw new PacketException("unknown packet type " + printable(wire) + ", expected a digit from 0 to 6");
        }
        return BY_DIGIT[digit];
    }

    private static String printable(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("U+%04X", (int) c);
    }
}
