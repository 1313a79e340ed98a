package saker.model;

/**
 * Applying a record failed; a replay leaves it out as well.
 *
 * @param index of the record
 * @param accountId whose account was halted, −1 if unknown
 */
public record Skipped(long index, int accountId, String detail) {}
