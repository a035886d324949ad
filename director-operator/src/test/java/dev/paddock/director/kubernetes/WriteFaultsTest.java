package dev.paddock.director.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteFaultsTest {
    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/namespaces/default/secrets, POST secrets",
        "POST, /apis/paddock.dev/v1/namespaces/default/gameservers, POST gameservers",
        "DELETE, /api/v1/namespaces/default/pods/abc, DELETE pods",
        "PATCH, /apis/paddock.dev/v1/namespaces/default/gameservers/abc/status, PATCH gameservers/status",
        "PUT, /apis/coordination.k8s.io/v1/namespaces/default/leases/paddock-operator, PUT leases",
    })
    void aWriteIsNamedByWhatItDoesToWhichKindOfObject(String method, String path, String kind) {
        assertThat(WriteFaults.kind(method, path)).contains(kind);
    }

    @Test
    void aReadIsNone() {
        assertThat(WriteFaults.kind("GET", "/api/v1/namespaces/default/pods/abc"))
                .isEmpty();
    }
}
