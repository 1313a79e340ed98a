package saker.model;

/**
 * A timer that somebody asked for is due.
 *
 * @param timerId given by the one who asked; unique while it is pending
 * @param dueNs journal time it was asked for
 */
public record Timer(long timerId, long dueNs) {}
