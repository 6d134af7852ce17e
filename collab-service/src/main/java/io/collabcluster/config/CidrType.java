package io.collabcluster.config;

import io.collabcluster.engineio.Subnet;

/** A range of IP addresses. */
record CidrType() implements Type<String> {

    static final String EXPECTED = "a list of IP addresses and ranges, e.g. 10.0.0.0/8, fd00::/8";

    @Override
    public String expected() {
        return "an IP address or a range, e.g. 10.0.0.0/8";
    }

    @Override
    public String read(Element element) throws Mismatch {
        if (element instanceof Element.Text(String text, Where _)
                && Subnet.parse(text).isPresent()) {
            return text;
        }
        throw new Mismatch(expected());
    }
}
