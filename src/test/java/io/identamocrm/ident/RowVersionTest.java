package io.identamocrm.ident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowVersionTest {

    private static RowVersion version(byte[] bytes) {
        return RowVersion.read(List.of(Map.of("active_version", bytes)));
    }

    @Test
    void eight_bytes_are_sixteen_digits_and_back() {
        RowVersion version = version(new byte[] {0, 0, 0, 0, 0, 1, (byte) 0x9C, (byte) 0xFF});
        assertThat(version.hex()).isEqualTo("0000000000019cff");
        assertThat(new RowVersion(version.hex()).bytes()).containsExactly(0, 0, 0, 0, 0, 1, 0x9C, 0xFF);
    }

    @Property
    void they_are_ordered_as_the_server_orders_them(@ForAll @Size(8) byte[] one, @ForAll @Size(8) byte[] other) {
        assertThat(Integer.signum(version(one).compareTo(version(other)))).isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
    }

    @Test
    void anything_else_is_refused() {
        assertThatThrownBy(() -> RowVersion.read(List.of())).isInstanceOf(UnreadableColumnException.class);
        assertThatThrownBy(() -> version(new byte[4])).isInstanceOf(UnreadableColumnException.class);
        assertThatThrownBy(() -> RowVersion.read(List.of(Map.of("active_version", 5L)))).isInstanceOf(UnreadableColumnException.class);
        assertThatThrownBy(() -> RowVersion.isThere(List.of())).isInstanceOf(UnreadableColumnException.class);
        assertThatThrownBy(() -> new RowVersion("1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_such_column_means_no_row_versions() {
        assertThat(RowVersion.isThere(List.of(Map.of("row_version_columns", 0L)))).isFalse();
        assertThat(RowVersion.isThere(List.of(Map.of("row_version_columns", 1)))).isTrue();
    }
}
