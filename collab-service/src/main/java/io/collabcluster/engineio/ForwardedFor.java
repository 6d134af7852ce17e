package io.collabcluster.engineio;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The list of {@code X-Forwarded-For}. Each hop adds the address that it was asked by at the end, so only what trusted
 * hops have added can be believed: the list is read from the right, and ends at the first address that is no trusted
 * hop's. What stands left of that is what the client wrote itself.
 */
final class ForwardedFor {

    /** Longer than any address with brackets, a zone and a port. */
    private static final int LONGEST = 100;

    private ForwardedFor() {}

    /**
     * @param address the client's
     * @param hops how many entries were read, from the right
     */
    record Found(String address, int hops) {}

    /**
     * @param headers the values of all headers of that name, in order
     * @param peer the trusted hop that sent the request; it is the answer where the list says nothing
     */
    static Found client(List<String> headers, String peer, Predicate<String> trusted) {
        String[] entries = String.join(",", headers).split(",");
        Found found = new Found(peer, 0);
        for (int i = entries.length - 1; i >= 0; i--) {
            Optional<String> address = address(entries[i]);
            if (address.isEmpty()) {
                return found;
            }
            found = new Found(address.get(), entries.length - i);
            if (!trusted.test(found.address())) {
                return found;
            }
        }
        return found;
    }

    /** One entry: an address, perhaps with a port; an IPv6 one perhaps in brackets. */
    static Optional<String> address(String entry) {
        String text = entry.strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        if (text.charAt(0) == '[') {
            int end = text.indexOf(']');
            boolean whole = end > 0 && text.substring(end + 1).matches("(:\\d{1,5})?");
            return whole ? canonical(text.substring(1, end)) : Optional.empty();
        }
        int colon = text.indexOf(':');
        if (colon > 0 && colon == text.lastIndexOf(':')) {
            return text.substring(colon).matches(":\\d{1,5}") ? canonical(text.substring(0, colon)) : Optional.empty();
        }
        return canonical(text);
    }

    /** One form for each address, or limits could be evaded by writing it differently. */
    static Optional<String> canonical(String address) {
        byte[] bytes = Subnet.bytes(address);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        try {
            InetAddress parsed = InetAddress.getByAddress(bytes);
            return Optional.of(
                    parsed instanceof Inet6Address ? NetUtil.toAddressString(parsed) : parsed.getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }
}
