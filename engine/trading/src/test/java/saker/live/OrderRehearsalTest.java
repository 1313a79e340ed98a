package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import saker.broker.oanda.RequestRehearsal;
import saker.model.OrderIntent;

/** The rehearsal goes the whole way: what it leaves out is slow when it first happens. */
class OrderRehearsalTest {

    @Test
    void shouldTurnEverySignalIntoARequest() {
        List<OrderIntent> intents = new ArrayList<>();
        RequestRehearsal broker = new RequestRehearsal(OrderRehearsal.INSTRUMENT);

        int approved =
                OrderRehearsal.rehearse(
                        2_500,
                        intent -> {
                            intents.add(intent);
                            broker.accept(intent);
                        });

        assertThat(approved).isEqualTo(2_500);
        assertThat(intents).hasSize(2_500);
        assertThat(intents).extracting(OrderIntent::clientId).doesNotHaveDuplicates();
        assertThat(intents).anyMatch(intent -> intent.unitsE4() < 0);
        assertThat(intents).allMatch(intent -> intent.stopLossE8() > 0);
    }
}
