"""Calls the library through ctypes, as the Python trader does.

usage: front_end_test.py LIBRARY
"""
import ctypes as c
import random
import sys

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
CONFIG = """<AsirikuyConfig><TempFileFolderPath>tmp</TempFileFolderPath>
<ConfigPaths><ConfigFolderPath>.</ConfigFolderPath><BrokerTZFilename>py-tz.csv</BrokerTZFilename>
<ParamSpaceFilenameExtension>.set</ParamSpaceFilenameExtension></ConfigPaths>
<Logging><Folder>log</Folder><MaxSeverity>2</MaxSeverity><EnableEquityLog>0</EnableEquityLog>
<EnableEntryLog>0</EnableEntryLog><barsToLog>1</barsToLog></Logging>
<TradingWeekBoundaries><CropMondayHours>4</CropMondayHours></TradingWeekBoundaries>
</AsirikuyConfig>"""


def main():
    assert (c.sizeof(Rates), c.sizeof(RatesInfo), c.sizeof(OrderInfo)) == (48, 56, 120)
    library = c.CDLL(sys.argv[1])
    with open("py-tz.csv", "w", encoding="utf-8") as file:
        file.write("header\n" + '"Local"' + ZONE + '"UTC"' + ZONE)
    with open("py-config.xml", "w", encoding="utf-8") as file:
        file.write(CONFIG)

    version = [c.c_int() for _ in range(3)]
    library.getFrameworkVersion(*map(c.byref, version))
    assert [part.value for part in version] == [4, 5, 10]
    base, quote = c.create_string_buffer(256), c.create_string_buffer(256)
    assert library.C_getConversionSymbols(b"GBPJPY", b"USD", base, quote) == 0
    assert (base.value, quote.value) == (b"GBPUSD", b"USDJPY")

    count, window = 1500, 400
    random.seed(1)
    bars, price = (Rates * count)(), 1.1
    for i in range(count):
        close = price * (1 + random.gauss(0, 0.0001))
        high, low = max(price, close) * 1.00003, min(price, close) * 0.99997
        bars[i] = Rates(price, high, low, close, 1, 946857600 + 60 * i)
        price = close

    settings = (c.c_double * 64)()
    settings[45], settings[46], settings[50], settings[51], settings[52] = 1, 1, 1, 7, 1000
    settings[53], settings[57], settings[63] = 1, 1, 20
    info = (RatesInfo * 10)()
    info[0] = RatesInfo(1, 1, 240, 1, window, 0.00001, 5)
    account = (c.c_double * 10)(1, 100000, 100000, 0, 30, 100000)
    orders, results = (OrderInfo * 20)(), (c.c_double * 10)()
    open_orders = (c.c_int * 6)()
    assert library.initInstanceC(7, 1, b"py-config.xml", b"1") == 0

    opened = 0
    for i in range(window - 1, count):
        newest = bars[i]
        rates = (Rates * window).from_buffer(bars, (i + 1 - window) * c.sizeof(Rates))
        quotes = (c.c_double * 6)(newest.open, newest.open + 0.0001, 1, 1, 1, 1)
        c.memset(results, 0, c.sizeof(results))
        code = library.c_runStrategy(
            settings, b"EURUSD", b"USD", b"UTC", b"UTC", c.byref(c.c_int(newest.time)),
            open_orders, orders, account, quotes, info, *([rates] * 10), results)
        assert code == 0, code
        if int(results[1]) & 0x10001:
            opened += 1
            assert results[0] == -1 and results[2] > 0 and results[4] > 0 and results[5] > 0
    library.deinitInstance(7)
    print(opened, "entries")
    assert opened > 50


main()
