package saker.model;

/**
 * A process started to append.
 *
 * @param bootId random, 64 bits
 * @param journalId random, made with the journal
 * @param version of the program
 * @param startTimeNs wall clock, ns since the Unix epoch
 */
public record Boot(long bootId, long journalId, String version, long startTimeNs) {}
