package saker.model;

/**
 * The full resolved configuration a boot runs with, without secrets.
 *
 * @param sha256 of the strategy library, hex; a copy lies in the journal's folder under that name
 * @param yaml the configuration as text
 */
public record Configuration(String sha256, String yaml) {}
