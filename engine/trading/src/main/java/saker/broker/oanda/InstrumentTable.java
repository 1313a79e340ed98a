package saker.broker.oanda;

import java.nio.charset.StandardCharsets;
import java.util.List;
import saker.model.Instrument;

/**
 * From the bytes of the broker's name to the instrument's id, without a String: open addressing, at
 * most a quarter full. Immutable.
 */
public final class InstrumentTable {
    private static final int FNV_BASIS = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;

    private final byte[][] names;
    private final int[] ids;
    private final int mask;

    public InstrumentTable(List<Instrument> instruments) {
        int capacity = Integer.highestOneBit(Math.max(4, instruments.size()) * 8 - 1);
        names = new byte[capacity][];
        ids = new int[capacity];
        mask = capacity - 1;
        for (Instrument instrument : instruments) {
            put(instrument.brokerName().getBytes(StandardCharsets.US_ASCII), instrument.id());
        }
    }

    /** The id, or −1. */
    public int idOf(byte[] bytes, int from, int to) {
        int slot = hash(bytes, from, to) & mask;
        while (names[slot] != null) {
            if (matches(names[slot], bytes, from, to)) {
                return ids[slot];
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /** The id, or −1. */
    public int idOf(String brokerName) {
        byte[] bytes = brokerName.getBytes(StandardCharsets.US_ASCII);
        return idOf(bytes, 0, bytes.length);
    }

    private void put(byte[] name, int id) {
        int slot = hash(name, 0, name.length) & mask;
        while (names[slot] != null) {
            if (matches(names[slot], name, 0, name.length)) {
                throw new IllegalArgumentException(
                        "two instruments of one name: brokerName="
                                + new String(name, StandardCharsets.US_ASCII));
            }
            slot = (slot + 1) & mask;
        }
        names[slot] = name;
        ids[slot] = id;
    }

    private static boolean matches(byte[] name, byte[] bytes, int from, int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = FNV_BASIS;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * FNV_PRIME;
        }
        return hash ^ (hash >>> 15);
    }
}
