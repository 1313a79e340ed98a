package saker.strategy;

/** The result rows of a call, wherever they lie. */
interface ResultRows {
    int resultRows();

    /** One field (0 to 9) of a row. */
    double result(int row, int field);
}
