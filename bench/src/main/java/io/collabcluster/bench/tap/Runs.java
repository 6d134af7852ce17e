package io.collabcluster.bench.tap;

import io.netty.buffer.ByteBuf;

/**
 * Counts messages in a stream of bytes by what their data is filled with: each run of at least so many bytes of one value
 * is one message, whatever protocol it is packed in, as long as that leaves the data as they are. One thread.
 */
final class Runs {

    private final byte value;
    private final int shortest;
    private int length;

    Runs(byte value, int shortest) {
        this.value = value;
        this.shortest = shortest;
    }

    /** Goes on where the bytes before ended, and reads none of these. @return runs that became long enough in them */
    int in(ByteBuf bytes) {
        int found = 0;
        for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
            if (bytes.getByte(i) != value) {
                length = 0;
            } else if (++length == shortest) {
                found++;
            }
        }
        return found;
    }
}
