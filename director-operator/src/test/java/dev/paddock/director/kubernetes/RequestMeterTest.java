package dev.paddock.director.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestMeterTest {
    @Test
    void aRequestIsCountedByWhatItIsAboutAndNotByItsName() {
        assertThat(RequestMeter.resource("/api/v1/namespaces/games/pods")).isEqualTo("pods");
        assertThat(RequestMeter.resource("/api/v1/namespaces/games/pods/s1")).isEqualTo("pods");
        assertThat(RequestMeter.resource("/apis/paddock.dev/v1/namespaces/games/gameservers/s1/status"))
                .isEqualTo("gameservers/status");
        assertThat(RequestMeter.resource("/api/v1/nodes")).isEqualTo("nodes");
        assertThat(RequestMeter.resource("/api/v1/namespaces/games")).isEqualTo("namespaces");
        assertThat(RequestMeter.resource("/version")).isEqualTo("other");
    }
}
