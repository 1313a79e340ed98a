package saker.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTimesTest {
    private final CallTimes times = new CallTimes();

    @Test
    void shouldCountACallInTheSpanThatEndsWithIt() {
        times.add(0);
        times.add(1_000);
        times.add(1_001);
        times.add(1_000_000_000);
        times.add(1_000_000_001);

        assertThat(calls()).containsExactly(2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 1L);
        assertThat(times.sumNs()).isEqualTo(2_000_002_002L);
    }

    @Test
    void shouldAddWhatAnotherProcessCountedSinceTheLastLook() {
        CallTimes.Counts first = counts(5, 100);
        CallTimes.Counts second = counts(7, 130);
        CallTimes.Counts shrunk = counts(3, 10);

        times.addSince(CallTimes.Counts.NONE, first);
        times.addSince(first, second);
        times.addSince(second, shrunk);

        assertThat(calls().get(2)).isEqualTo(7);
        assertThat(times.sumNs()).isEqualTo(130);
    }

    private static CallTimes.Counts counts(long ofOneSpan, long sumNs) {
        List<Long> spans = new ArrayList<>(Collections.nCopies(CallTimes.SPANS, 0L));
        spans.set(2, ofOneSpan);
        return new CallTimes.Counts(spans, sumNs);
    }

    private List<Long> calls() {
        List<Long> calls = new ArrayList<>();
        for (int span = 0; span < CallTimes.SPANS; span++) {
            calls.add(times.calls(span));
        }
        return calls;
    }
}
