package dev.paddock.manager.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.9");

    @Test
    void withoutATrustedProxyTheHeaderMeansNothing() {
        assertThat(behind(0).of(PROXY, List.of("1.2.3.4"))).isEqualTo("10.0.0.9");
    }

    @Test
    void whatTheCallerMadeUpIsNotBelieved() {
        assertThat(behind(1).of(PROXY, List.of("6.6.6.6, 1.2.3.4"))).isEqualTo("1.2.3.4");
        assertThat(behind(1).of(PROXY, List.of("6.6.6.6", "1.2.3.4"))).isEqualTo("1.2.3.4");
        assertThat(behind(2).of(PROXY, List.of("6.6.6.6, 1.2.3.4, 10.0.0.8"))).isEqualTo("1.2.3.4");
    }

    @Test
    void aHeaderThatIsMissingOrNonsenseLeavesThePeer() {
        for (String header : List.of("", "unknown", "1.2.3.4:80", "localhost", "<script>", ",")) {
            assertThat(behind(1).of(PROXY, List.of(header))).as(header).isEqualTo("10.0.0.9");
        }
        assertThat(behind(1).of(PROXY, List.of())).isEqualTo("10.0.0.9");
        assertThat(behind(3).of(PROXY, List.of("1.2.3.4"))).isEqualTo("10.0.0.9");
    }

    @Test
    void allOfAHouseholdsIpv6AddressesCountAsOne() {
        ClientAddress addresses = behind(0);
        String one = addresses.of(InetAddress.ofLiteral("2001:db8:1:2::1"), List.of());

        assertThat(addresses.of(InetAddress.ofLiteral("2001:db8:1:2:ffff::9"), List.of()))
                .isEqualTo(one);
        assertThat(addresses.of(InetAddress.ofLiteral("2001:db8:1:3::1"), List.of()))
                .isNotEqualTo(one);
    }

    private static ClientAddress behind(int proxies) {
        return new ClientAddress(new LimitSettings(2000, 50, 300, 10, 120, proxies, 20000));
    }
}
