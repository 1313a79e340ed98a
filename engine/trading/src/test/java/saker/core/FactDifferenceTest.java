package saker.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactDifferenceTest {
    private record Part(String name, double[] values) {}

    private record Whole(long index, List<Part> parts, Map<Long, Integer> counts) {}

    @Test
    void shouldNameTheWayToWhatDiffersFirst() {
        Whole was = whole(7, 1.5, Map.of(3L, 4));

        assertThat(FactDifference.first("core", was, whole(8, 2.5, Map.of())))
                .isEqualTo(new FactDifference("core.index", "7", "8"));
        assertThat(FactDifference.first("core", was, whole(7, 2.5, Map.of())))
                .isEqualTo(new FactDifference("core.parts[1].values[1]", "1.5", "2.5"));
        assertThat(FactDifference.first("", was, whole(7, 1.5, Map.of(3L, 4, 9L, 5))))
                .isEqualTo(new FactDifference("counts[9]", "none", "5"));
        assertThat(FactDifference.first("", was, whole(7, 1.5, Map.of(3L, 4)))).isNull();
    }

    @Test
    void shouldNameAnElementThatOneOfThemHasAlone() {
        assertThat(FactDifference.first("list", List.of(1, 2, 3), List.of(1, 2)))
                .isEqualTo(new FactDifference("list[2]", "3", "none"));
    }

    private static Whole whole(long index, double value, Map<Long, Integer> counts) {
        List<Part> parts =
                List.of(new Part("a", new double[] {1, 2}), new Part("b", new double[] {0, value}));
        return new Whole(index, parts, counts);
    }
}
