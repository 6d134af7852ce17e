package io.collabcluster.bench.peer;

/**
 * What the processes of a peer have taken so far, by the kernel's account.
 *
 * @param cpuSeconds user and system, since their start
 * @param residentBytes now
 */
public record Usage(double cpuSeconds, long residentBytes) {

    static final Usage NONE = new Usage(0, 0);

    Usage plus(Usage other) {
        return new Usage(cpuSeconds + other.cpuSeconds, residentBytes + other.residentBytes);
    }
}
