package saker.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import saker.market.BarBuilder;
import saker.model.BarPeriod;
import saker.model.Signal;
import saker.model.SignalBits;

/** What Java writes and reads, at the places where this platform's compiler puts the fields. */
class StructLayoutTest {
    private static final Path PROGRAM =
            Path.of("../../native/target/test-classes/native/linux-x86-64/test/struct-layout");
    private static final Map<String, Integer> C = new HashMap<>();
    private static final List<GuardedFrame> FRAMES = new ArrayList<>(); // So that memory stays.

    @BeforeAll
    static void askTheCompiler() throws Exception {
        Process process = new ProcessBuilder(PROGRAM.toAbsolutePath().toString()).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        text.lines()
                .map(line -> line.split(" "))
                .forEach(words -> C.put(words[0], Integer.valueOf(words[1])));
    }

    @Test
    void shouldAgreeOnEverySize() {
        assertThat(NativeStructs.sizes())
                .allSatisfy((name, size) -> assertThat(size).as(name).isEqualTo(C.get(name)));
        assertThat(NativeStructs.sizes().values()).containsExactly(44, 64, 16, 48, 120, 56, 80);
    }

    @Test
    void shouldWriteBarsWhereCReadsThem() {
        RatesWindow window = new RatesWindow(3);
        BarBuilder builder = new BarBuilder(BarPeriod.M1, window);
        long startNs = 1_767_686_400_000_000_000L;

        builder.onBar(startNs, 111_000_000, 114_000_000, 110_000_000, 113_000_000, 17);

        Pointer bar = new Pointer(window.address());
        assertThat(bar.getDouble(C.get("CRates.open"))).isEqualTo(1.11);
        assertThat(bar.getDouble(C.get("CRates.high"))).isEqualTo(1.14);
        assertThat(bar.getDouble(C.get("CRates.low"))).isEqualTo(1.10);
        assertThat(bar.getDouble(C.get("CRates.close"))).isEqualTo(1.13);
        assertThat(bar.getDouble(C.get("CRates.volume"))).isEqualTo(17);
        assertThat(bar.getInt(C.get("CRates.time"))).isEqualTo(1_767_686_400 + 2 * 3600);
    }

    @Test
    void shouldWriteTheBarsOfTheOtherInterfacesWhereCReadsThem() {
        Pointer mql4 = new Pointer(addressOfBar(GuardedFrame.Layout.MQL4));
        Pointer mql5 = new Pointer(addressOfBar(GuardedFrame.Layout.MQL5));

        assertThat(mql4.getInt(C.get("Mql4Rates.time"))).isEqualTo(1_767_686_400);
        assertThat(mql5.getLong(C.get("Mql5Rates.time"))).isEqualTo(1_767_686_400);
        Map.of("open", 1.11, "high", 1.14, "low", 1.10, "close", 1.13)
                .forEach(
                        (field, value) -> {
                            assertThat(mql4.getDouble(C.get("Mql4Rates." + field)))
                                    .isEqualTo(value);
                            assertThat(mql5.getDouble(C.get("Mql5Rates." + field)))
                                    .isEqualTo(value);
                        });
        assertThat(mql4.getDouble(C.get("Mql4Rates.volume"))).isEqualTo(17);
        assertThat(mql5.getLong(C.get("Mql5Rates.tick_volume"))).isEqualTo(17);
        assertThat(mql5.getLong(C.get("Mql5Rates.spread"))).isZero();
        assertThat(mql5.getLong(C.get("Mql5Rates.real_volume"))).isZero();
    }

    private static long addressOfBar(GuardedFrame.Layout layout) {
        int[] bars = new int[CallFrame.RATES_INDICES];
        bars[0] = 1;
        GuardedFrame frame = new GuardedFrame(layout, 1, 1, bars);
        ProbeMarket.Bar bar = new ProbeMarket.Bar();
        bar.time = 1_767_686_400;
        bar.open = 1.11;
        bar.high = 1.14;
        bar.low = 1.10;
        bar.close = 1.13;
        bar.volume = 17;
        frame.bar(0, 0, bar);
        FRAMES.add(frame);
        return frame.addresses()[11];
    }

    @Test
    void shouldWriteTheRatesTableWhereCReadsIt() {
        CallFrame frame = new CallFrame(2, 1);
        RatesWindow window = new RatesWindow(3);
        new BarBuilder(BarPeriod.M1, window).onBar(0, 1, 1, 1, 1, 1);

        frame.ratesInfo(4, 1440, 30, 60, 0.00001, 5);
        frame.rates(4, window);

        Pointer info = new Pointer(frame.ratesInfo).share(4L * C.get("CRatesInfo"));
        assertThat(info.getDouble(C.get("CRatesInfo.isEnabled"))).isEqualTo(1);
        assertThat(info.getDouble(C.get("CRatesInfo.requiredTimeframe"))).isEqualTo(1440);
        assertThat(info.getDouble(C.get("CRatesInfo.totalBarsRequired"))).isEqualTo(30);
        assertThat(info.getDouble(C.get("CRatesInfo.actualTimeframe"))).isEqualTo(60);
        assertThat(info.getDouble(C.get("CRatesInfo.ratesArraySize"))).isEqualTo(1);
        assertThat(info.getDouble(C.get("CRatesInfo.point"))).isEqualTo(0.00001);
        assertThat(info.getDouble(C.get("CRatesInfo.digits"))).isEqualTo(5);
    }

    @Test
    void shouldReadResultRowsWhereCWritesThem() {
        CallFrame frame = new CallFrame(3, 2);
        Pointer row = new Pointer(frame.results).share(C.get("StrategyResults"));
        row.setDouble(C.get("StrategyResults.ticketNumber"), 7);
        row.setDouble(C.get("StrategyResults.tradingSignals"), SignalBits.UPDATE_SELL);
        row.setDouble(C.get("StrategyResults.lots"), 0.25);
        row.setDouble(C.get("StrategyResults.entryPrice"), 1.5);
        row.setDouble(C.get("StrategyResults.brokerSL"), 0.004);
        row.setDouble(C.get("StrategyResults.brokerTP"), 0.009);
        row.setDouble(C.get("StrategyResults.expirationTime"), 12345);

        List<Signal.Row> rows = new ResultValidator().read(frame);

        assertThat(rows)
                .containsExactly(
                        new Signal.Row(
                                7,
                                SignalBits.UPDATE_SELL,
                                25_000_000,
                                150_000_000,
                                400_000,
                                900_000,
                                12345));
    }

    /** The order's fields by name and by the number that Java knows them by. */
    @Test
    void shouldKnowTheFieldsOfAnOrder() {
        String[] fields = {
            "ticket",
            "instanceId",
            "type",
            "openTime",
            "closeTime",
            "stopLoss",
            "takeProfit",
            "expiration",
            "openPrice",
            "closePrice",
            "lots",
            "profit",
            "commission",
            "swap",
            "isOpen"
        };
        CallFrame frame = new CallFrame(2, 1);
        for (int field = 0; field < fields.length; field++) {
            frame.order(1, field, 100 + field);
        }
        Pointer order = new Pointer(frame.orders).share(C.get("COrderInfo"));
        for (int field = 0; field < fields.length; field++) {
            int at = C.get("COrderInfo." + fields[field]);
            assertThat(order.getDouble(at)).as(fields[field]).isEqualTo(100 + field);
        }
    }
}
