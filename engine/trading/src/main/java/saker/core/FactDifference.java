package saker.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where two facts of one kind first differ, for people: records, lists, maps and arrays of doubles
 * within each other.
 *
 * @param field the way to it, such as {@code desks[0].ledger.balanceE8}
 * @param recorded as text; {@code none} for an element that the other has alone
 */
public record FactDifference(String field, String recorded, String computed) {
    private static final Object NONE = "none";

    /**
     * Null where they are equal.
     *
     * @param field what the facts themselves are called; empty for nothing
     */
    public static FactDifference first(String field, Object recorded, Object computed) {
        if (Objects.equals(recorded, computed)) {
            return null;
        }
        if (recorded instanceof Record && recorded.getClass().isInstance(computed)) {
            return ofRecords(field, recorded, computed);
        }
        if (recorded instanceof List<?> before && computed instanceof List<?> after) {
            return ofLists(field, before, after);
        }
        if (recorded instanceof Map<?, ?> before && computed instanceof Map<?, ?> after) {
            return ofMaps(field, before, after);
        }
        if (recorded instanceof double[] before && computed instanceof double[] after) {
            return ofLists(field, boxed(before), boxed(after));
        }
        return new FactDifference(field, String.valueOf(recorded), String.valueOf(computed));
    }

    private static FactDifference ofRecords(String field, Object recorded, Object computed) {
        String prefix = field.isEmpty() ? "" : field + ".";
        for (RecordComponent each : recorded.getClass().getRecordComponents()) {
            FactDifference found =
                    first(prefix + each.getName(), value(each, recorded), value(each, computed));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static FactDifference ofLists(String field, List<?> recorded, List<?> computed) {
        for (int i = 0; i < Math.max(recorded.size(), computed.size()); i++) {
            Object before = i < recorded.size() ? recorded.get(i) : NONE;
            Object after = i < computed.size() ? computed.get(i) : NONE;
            FactDifference found = first("%s[%d]".formatted(field, i), before, after);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static FactDifference ofMaps(String field, Map<?, ?> recorded, Map<?, ?> computed) {
        Set<Object> keys = new TreeSet<>(recorded.keySet());
        keys.addAll(computed.keySet());
        for (Object key : keys) {
            Object before = recorded.containsKey(key) ? recorded.get(key) : NONE;
            Object after = computed.containsKey(key) ? computed.get(key) : NONE;
            FactDifference found = first("%s[%s]".formatted(field, key), before, after);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static Object value(RecordComponent component, Object fact) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true); // A record may be its package's own.
            return accessor.invoke(fact);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read field=" + component.getName(), e);
        }
    }
}
