package io.collabcluster.engineio;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.Optional;

/** A range of IP addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3). */
public final class Subnet {

    private final String text;
    private final byte[] network;
    private final int bits;

    private Subnet(String text, byte[] network, int bits) {
        this.text = text;
        this.network = network;
        this.bits = bits;
    }

    /**
     * @param text {@code 10.0.0.0/8}, {@code fd00::/8}, or one address
     * @return empty when it is neither
     */
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
        if (network.length == 0) {
            return Optional.empty();
        }
        int most = network.length * 8;
        try {
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > most ? Optional.empty() : Optional.of(new Subnet(text, network, bits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** An IPv4 address that is written as an IPv6 one counts as what it is. */
    public boolean contains(String address) {
        byte[] other = bytes(address);
        if (other.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = 0xff << (8 - bits % 8) & 0xff;
        return Arrays.equals(network, 0, whole, other, 0, whole)
                && (rest == 0 || (network[whole] & rest) == (other[whole] & rest));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Subnet subnet && bits == subnet.bits && Arrays.equals(network, subnet.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + bits;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** Empty when it is no address. */
    static byte[] bytes(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return new byte[0];
        }
        boolean mapped = bytes.length == 16
                && Arrays.equals(bytes, 0, 10, new byte[10], 0, 10)
                && bytes[10] == -1
                && bytes[11] == -1;
        return mapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }
}
