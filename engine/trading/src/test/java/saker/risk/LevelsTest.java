package saker.risk;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import saker.core.Fixtures;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.Side;

class LevelsTest {

    @Property
    void shouldKeepStopsAndTargetsOnTheirSide(
            @ForAll Side side,
            @ForAll @IntRange(max = 8) int digits,
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000_000L) long priceE8,
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000_000L) long distanceE8) {
        Instrument instrument = Fixtures.instrument(9, "AAA", "BBB", digits, -2, 0, 100_000);

        long stopE8 = Levels.stopAt(side, priceE8, distanceE8, instrument);
        long targetE8 = Levels.targetAt(side, priceE8, distanceE8, instrument);

        // Behind the price, at least the distance away, less than one step more, on the grid.
        checkDistance(stopE8, -side.sign(), priceE8, distanceE8, instrument);
        checkDistance(targetE8, side.sign(), priceE8, distanceE8, instrument);
    }

    @Property
    void shouldNeverMakeUnitsLarger(
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long lotsE8,
            @ForAll @IntRange(max = 4) int unitsDigits) {
        Instrument instrument = Fixtures.instrument(9, "AAA", "BBB", 5, -4, unitsDigits, 100_000);

        long unitsE4 = Levels.unitsE4(lotsE8, instrument);

        long exactE8 = Math.multiplyExact(lotsE8, instrument.contractUnits());
        assertThat(unitsE4 % instrument.unitsStepE4()).isZero();
        assertThat(unitsE4).isLessThanOrEqualTo(exactE8 / FixedPoint.E4);
        assertThat(unitsE4 + instrument.unitsStepE4()).isGreaterThan(exactE8 / FixedPoint.E4);
    }

    @Test
    void shouldSayOverflowForLotsThatDoNotFit() {
        Instrument instrument = Fixtures.instrument(9, "AAA", "BBB", 5, -4, 0, 100_000);

        assertThat(Levels.unitsE4(Long.MAX_VALUE, instrument)).isEqualTo(FixedPoint.OVERFLOW);
    }

    @Test
    void shouldRoundTheWorstPriceTowardsTheWish() {
        Instrument instrument = Fixtures.instrument(9, "AAA", "BBB", 2, -2, 0, 100_000);

        assertThat(Levels.bound(Side.BUY, Fixtures.e8(1.004), Fixtures.e8(0.005), instrument))
                .isEqualTo(Fixtures.e8(1.00));
        assertThat(Levels.bound(Side.SELL, Fixtures.e8(1.004), Fixtures.e8(0.005), instrument))
                .isEqualTo(Fixtures.e8(1.00));
    }

    private static void checkDistance(
            long levelE8, int sign, long priceE8, long distanceE8, Instrument instrument) {
        long exactE8 = priceE8 + sign * distanceE8;
        if (exactE8 <= 0 || levelE8 == Levels.INVALID) {
            assertThat(levelE8).isEqualTo(Levels.INVALID);
            assertThat(exactE8).isLessThan(instrument.pointE8());
            return;
        }
        assertThat(levelE8 % instrument.pointE8()).isZero();
        long beyondE8 = sign * (levelE8 - exactE8);
        assertThat(beyondE8).isBetween(0L, instrument.pointE8() - 1);
    }
}
