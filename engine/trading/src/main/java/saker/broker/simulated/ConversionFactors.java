package saker.broker.simulated;

/**
 * From one currency into the account's, E14.
 *
 * @param gainE14 for amounts received: the worse side of the quote
 * @param lossE14 for amounts paid: the worse side again, so at least as large
 * @param midE14 for position values
 */
public record ConversionFactors(long gainE14, long lossE14, long midE14) {}
