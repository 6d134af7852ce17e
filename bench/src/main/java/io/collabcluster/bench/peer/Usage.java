package io.collabcluster.bench.peer;

/**
 * What the processes of a peer have taken so far, by the kernel's account.
 *
 * @param cpuSeconds user and system, since their start
 * @param residentBytes now
 */
public record Usage(double cpuSeconds, long residentBytes) {}
