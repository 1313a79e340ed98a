package saker.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdsTest {

    @Property
    void shouldGiveBackTheBoot(
            @ForAll long bootId,
            @ForAll @LongRange(min = 1, max = 0xFFFF_FFFF_FFFFL) long cause,
            @ForAll @IntRange(max = 10_000) int ordinal) {
        String id = ClientIds.make(bootId, cause, ordinal);

        assertThat(id.length()).isLessThanOrEqualTo(36);
        assertThat(ClientIds.isOurs(id)).isTrue();
        assertThat(ClientIds.bootIdOf(id)).isEqualTo(bootId);
        assertThat(ClientIds.causeOf(id)).isEqualTo(Long.toHexString(cause));
        assertThat(id).isNotEqualTo(ClientIds.make(bootId, cause, ordinal + 1));
        assertThat(id).isNotEqualTo(ClientIds.make(bootId, cause + 1, ordinal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "77",
                "00c0ffee00c0ffee",
                "00c0ffee00c0ffee-",
                "00c0ffee00c0ffee-12",
                "00c0ffee00c0ffee-12-",
                "00c0ffee00c0ffee--1",
                "00C0FFEE00C0FFEE-12-1",
                "zzc0ffee00c0ffee-12-1",
                "00c0ffee00c0ffee-12-1-00000000000000000"
            })
    void shouldNotTakeOtherIdsForOurs(String id) {
        assertThat(ClientIds.isOurs(id)).isFalse();
        assertThat(ClientIds.causeOf(id)).isEmpty();
        assertThatThrownBy(() -> ClientIds.bootIdOf(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clientId=" + id);
    }
}
