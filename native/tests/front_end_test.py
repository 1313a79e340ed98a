"""Calls the library as the Python trader does.

One configuration in ./config, relative paths, instances that are live, one array for all ten rates
pointers, 20 order rows, and the rows of the answer worked off in the trader's order.

usage: front_end_test.py LIBRARY SET_LIBRARY
"""
import ctypes as c
import os
import random
import struct
import sys
import time

FIELDS = {
    "Rates": "open high low close volume",
    "RatesInfo": "isEnabled requiredTimeframe totalBarsRequired actualTimeframe "
    "ratesArraySize point digits",
    "OrderInfo": "ticket instanceId type openTime closeTime stopLoss takeProfit expiration "
    "openPrice closePrice lots profit commission swap isOpen",
}


def doubles(name):
    return [(field, c.c_double) for field in FIELDS[name].split()]


class Rates(c.Structure):
    _fields_ = doubles("Rates") + [("time", c.c_int)]


class RatesInfo(c.Structure):
    _fields_ = doubles("RatesInfo")


class OrderInfo(c.Structure):
    _fields_ = doubles("OrderInfo")


ZONE = ';0;0;0;"00:00";0;0;0;"00:00";0;0;1;"00:00";6;"00:00"\n'
CONFIG = """<AsirikuyConfig><TempFileFolderPath>./tmp</TempFileFolderPath>
<ConfigPaths><ConfigFolderPath>./config</ConfigFolderPath>
<BrokerTZFilename>broker-tz.csv</BrokerTZFilename>
<ParamSpaceFilenameExtension>.set</ParamSpaceFilenameExtension></ConfigPaths>
<Logging><Folder>./log</Folder><MaxSeverity>5</MaxSeverity><EnableEquityLog>0</EnableEquityLog>
<EnableEntryLog>0</EnableEntryLog><barsToLog>1</barsToLog></Logging>
<NTP><UpdateInterval>300</UpdateInterval><TimeSource>%s</TimeSource></NTP>
<TradingWeekBoundaries><CropMondayHours>4</CropMondayHours></TradingWeekBoundaries>
</AsirikuyConfig>"""
SET = b"""SECTION_2=## Common Strategy Settings ##
OPERATIONAL_MODE=1
STRATEGY_INSTANCE_ID=7
STRATEGY_TIMEFRAME=1
ACCOUNT_RISK_PERCENT = 1\t
MAX_OPEN_ORDERS=1
SECTION_3=## Additional Strategy Settings ##"""

ID, COUNT, BARS_NEEDED, ORDER_ROWS, MIN_STOP = 7, 2000, 400, 20, 0.0005
BUY, SELL = 0, 1
# The trader's order: close buys, close sells, open buys, open sells, update buys, update sells.
STEPS = [(0x2, BUY), (0x20000, SELL), (0x1, BUY), (0x10000, SELL), (0x4, BUY), (0x40000, SELL)]


def write_files(time_source):
    for folder in ("config", "tmp", "log"):
        os.makedirs(folder, exist_ok=True)
    with open("config/broker-tz.csv", "w", encoding="utf-8") as file:
        file.write("header\n" + '"Local"' + ZONE + '"UTC"' + ZONE)
    with open("config/AsirikuyConfig.xml", "w", encoding="utf-8") as file:
        file.write(CONFIG % time_source)


def random_walk(count, start):
    random.seed(1)
    bars, price = (Rates * count)(), 1.1
    for i in range(count):
        close = price * (1 + random.gauss(0, 0.0001))
        high, low = max(price, close) * 1.00003, min(price, close) * 0.99997
        bars[i] = Rates(price, high, low, close, 1, start + 60 * i)
        price = close
    return bars


class Trader:
    """Its arrays, its broker, and what it does with the rows."""

    def __init__(self, library, settings):
        self.library = library
        self.settings = (c.c_double * 64)(*settings)
        self.settings[46], self.settings[49], self.settings[52] = 0, 100000, 1000
        self.settings[63] = ORDER_ROWS
        self.rows = int(self.settings[45])
        self.info = (RatesInfo * 10)()
        self.info[0] = RatesInfo(1, 1, 240, 1, BARS_NEEDED, 0.00001, 5)
        self.account = (c.c_double * 10)(1, 100000, 100000, 0, 30, 100000, MIN_STOP)
        self.orders = []  # newest first
        self.counts = [0] * len(STEPS)

    def call(self, bars, i):
        newest = bars[i]
        size = c.sizeof(Rates)
        rates = (Rates * BARS_NEEDED).from_buffer(bars, (i + 1 - BARS_NEEDED) * size)
        self.bid, self.ask = newest.open, newest.open + 0.0001
        quotes = (c.c_double * 6)(self.bid, self.ask, 1, 1, 1, 1)
        results = (c.c_double * (10 * self.rows))()
        code = self.library.c_runStrategy(
            self.settings, b"EURUSD", b"USD", b"UTC", b"UTC", c.byref(c.c_int(newest.time)),
            (c.c_int * 6)(), (OrderInfo * ORDER_ROWS)(*self.orders[:ORDER_ROWS]), self.account,
            quotes, self.info, *([rates] * 10), results)
        return code, results

    def obey(self, results, now):
        for step, (bit, kind) in enumerate(STEPS):
            for row in range(self.rows):
                values = results[10 * row:10 * row + 10]
                if int(values[1]) & bit:
                    self.counts[step] += 1
                    self.act(step, kind, values, now)

    def act(self, step, kind, values, now):
        ticket, _, lots, _, stop, target = values[:6]
        sign = 1 if kind == BUY else -1
        price = self.ask if kind == BUY else self.bid
        mine = [o for o in self.orders
                if o.isOpen and o.type == kind and ticket in (-1, o.ticket)]
        if step < 2:
            for order in mine:
                order.isOpen, order.closeTime = 0, now
        elif step < 4:
            assert ticket == -1 and lots > 0 and stop > 0 and target > 0
            order = OrderInfo(len(self.orders) + 1, ID, kind, now, openPrice=price, lots=lots)
            order.stopLoss = price - sign * max(stop, MIN_STOP)
            order.takeProfit = price + sign * max(target, MIN_STOP)
            order.isOpen = 1
            self.orders.insert(0, order)
        else:
            for order in mine:
                order.stopLoss = price - sign * stop if stop else 0

    def try_levels(self, bar):
        for order in self.orders:
            sign = 1 if order.type == BUY else -1
            worst = bar.low if sign > 0 else bar.high
            best = bar.high if sign > 0 else bar.low
            if order.isOpen and (sign * (worst - order.stopLoss) <= 0
                                 or sign * (best - order.takeProfit) >= 0):
                order.isOpen, order.closeTime = 0, bar.time

    def init(self, testing=0):
        return self.library.initInstanceC(ID, testing, b"./config/AsirikuyConfig.xml", b"1")


def read_set(path):
    """The settings of SET, as the library of tests reads it."""
    reader = c.CDLL(path)
    settings = (c.c_double * 64)()
    assert reader.test_parse_set(SET, len(SET), settings) == 0
    assert list(settings[50:54]) == [1, 7, 0, 1] and settings[57] == 1 and settings[45] == 1
    return settings


def trade_history(library, settings):
    write_files("none")
    bars = random_walk(COUNT, 946857600)
    trader = Trader(library, settings)
    for name in ("tmp/7.state", "tmp/7_heartBeat.hb", "tmp/7.ui"):
        if os.path.exists(name):
            os.remove(name)
    assert trader.init() == 0
    for i in range(BARS_NEEDED - 1, COUNT):
        trader.try_levels(bars[i - 1])
        code, results = trader.call(bars, i)
        assert code == 0, code
        trader.obey(results, bars[i].time)
        if i == 1000:  # It is ended and started again between two bars.
            library.deinitInstance(ID)
            assert trader.init() == 0
            code, results = trader.call(bars, i)
            assert code == 0 and not any(results), "a bar was run twice"
    library.deinitInstance(ID)
    print(trader.counts, "signals by step")
    assert trader.counts[2] > 20 and trader.counts[3] > 20

    state = open("tmp/7.state", "rb").read()
    assert len(state) == 12020
    assert struct.unpack("<iIIi", state[:16]) == (7, bars[COUNT - 1].time, 0xFFFFFFFF, 0)
    hour, minute = open("tmp/7_heartBeat.hb", encoding="ascii").read().split("\n")
    assert 0 <= int(hour) <= 23 and time.strptime(minute, "%d/%m/%y %H:%M")
    lines = open("tmp/7.ui", encoding="utf-8").read().split("\n")
    assert len(lines) == 21 and lines[20] == ""
    assert all(line.rpartition(", ")[2] == "%f" % float(line.rpartition(", ")[2])
               for line in lines[:20])


def refuse_the_past(library, settings):
    """With the host's clock, a broker whose time is not now is refused."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    write_files("host")
    trader = Trader(library, settings)
    assert trader.init() == 0
    past = random_walk(BARS_NEEDED, 946857600)
    assert trader.call(past, BARS_NEEDED - 1)[0] == 3021
    now = random_walk(BARS_NEEDED, int(time.time()) // 60 * 60 - 60 * (BARS_NEEDED - 1))
    # On a weekend there may be too few bars, or no run, but the clock is right.
    assert trader.call(now, BARS_NEEDED - 1)[0] in (0, 3009)
    library.deinitInstance(ID)
    log = open("log/1AsirikuyFramework.log", encoding="utf-8").read()
    assert "[ERROR] System InstanceID = 7, the call returned 3021 BROKER_TZ_MISMATCH" in log


def main():
    assert (c.sizeof(Rates), c.sizeof(RatesInfo), c.sizeof(OrderInfo)) == (48, 56, 120)
    library = c.CDLL(sys.argv[1])
    version = [c.c_int() for _ in range(3)]
    library.getFrameworkVersion(*map(c.byref, version))
    assert [part.value for part in version] == [4, 5, 10]
    base, quote = c.create_string_buffer(256), c.create_string_buffer(256)
    assert library.C_getConversionSymbols(b"GBPJPY", b"USD", base, quote) == 0
    assert (base.value, quote.value) == (b"GBPUSD", b"USDJPY")
    settings = read_set(sys.argv[2])
    trade_history(library, settings)
    refuse_the_past(library, settings)


main()
