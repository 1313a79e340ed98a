package saker.market;

/** Receives the bar a {@link BarBuilder} is at. The builder's fields are valid during the call. */
public interface BarSink {

    /** A new bar began; the one before, if any, is complete. */
    void onBarOpened(BarBuilder bar);

    /** The forming bar changed. */
    void onBarChanged(BarBuilder bar);
}
