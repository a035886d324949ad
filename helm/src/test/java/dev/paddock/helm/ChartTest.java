package dev.paddock.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a cluster admin gets from the chart. */
class ChartTest {
    private final Rendered chart = Rendered.with("");

    @Test
    void theChartHasNothingToComplainAbout() {
        LintResult result = new Helm(Rendered.CHART).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @Test
    void itRunsTheThreeServicesEachUnderAnAccountOfItsOwn() {
        for (String kind : new String[] {"Deployment", "ServiceAccount", "ConfigMap", "PodDisruptionBudget"}) {
            assertThat(chart.all(kind))
                    .as(kind)
                    .extracting(object -> object.at("/metadata/name").asText())
                    .containsExactlyInAnyOrder("demo-manager", "demo-director", "demo-inventory");
        }
        assertThat(chart.all("Service"))
                .extracting(service -> service.at("/metadata/name").asText())
                .containsExactlyInAnyOrder("demo-manager", "demo-inventory");
    }

    @Test
    void everyImageHasTheTagOfTheChartsAppVersion() throws IOException {
        String version = new YAMLMapper()
                .readTree(Rendered.CHART.resolve("Chart.yaml").toFile())
                .path("appVersion")
                .asText();

        assertThat(chart.containers().map(container -> container.path("image").asText()))
                .containsExactlyInAnyOrder(
                        "ghcr.io/paddock/game-manager:" + version,
                        "ghcr.io/paddock/director-operator:" + version,
                        "ghcr.io/paddock/inventory:" + version);
    }

    @Test
    void noContainerIsRootOrMayWriteToItsFileSystemOrGainRights() {
        assertThat(chart.pods()).hasSize(3).allSatisfy(pod -> {
            JsonNode context = pod.path("securityContext");
            assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        });
        assertThat(chart.containers()).hasSize(3).allSatisfy(container -> {
            JsonNode context = container.path("securityContext");
            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        });
    }

    @Test
    void onlyTheDirectorHasATokenForTheApiServer() {
        assertThat(chart.all("ServiceAccount"))
                .allSatisfy(account -> assertThat(
                                account.path("automountServiceAccountToken").asBoolean(true))
                        .isFalse());
        assertThat(chart.all("Deployment"))
                .allSatisfy(deployment -> assertThat(deployment
                                .at("/spec/template/spec/automountServiceAccountToken")
                                .asBoolean(true))
                        .isEqualTo(deployment.at("/metadata/name").asText().equals("demo-director")));
    }

    @Test
    void noServiceOfTheNamespaceBecomesASetting() {
        assertThat(chart.pods())
                .allSatisfy(pod -> assertThat(pod.path("enableServiceLinks").asBoolean(true))
                        .isFalse());
    }

    @Test
    void whereRedisNatsAndMysqlAreIsInTheSettingsAndTheirPasswordsAreNot() {
        JsonNode manager = chart.settings("manager");

        assertThat(manager.at("/redis/uri").asText()).isEqualTo("redis://:${redis-password}@redis.example.com:6379");
        assertThat(manager.at("/datasources/default/url").asText())
                .isEqualTo("jdbc:mysql://mysql.example.com:3306/paddock_manager?connectionTimeZone=UTC");
        assertThat(manager.at("/datasources/default/password").asText()).isEqualTo("${mysql-password}");
        assertThat(manager.at("/paddock/inventory/url").asText()).isEqualTo("http://demo-inventory:8081");
        assertThat(chart.settings("director").at("/paddock/nats/url").asText())
                .isEqualTo("nats://nats.example.com:4222");
        assertThat(chart.all("Secret")).isEmpty();
    }

    @Test
    void aRedisClusterIsNamedBySomeOfItsServers() {
        JsonNode settings = Rendered.with("redis: {addresses: ['a:1', 'b:2'], cluster: true, tls: true}")
                .settings("manager");

        assertThat(settings.at("/redis/uris").valueStream().map(JsonNode::asText))
                .containsExactly("rediss://:${redis-password}@a:1", "rediss://:${redis-password}@b:2");
        assertThat(settings.path("redis").has("uri")).isFalse();
    }

    @Test
    void aSettingOfTheUsersWinsAndLeavesItsNeighboursAlone() {
        JsonNode settings = Rendered.with("director: {settings: {paddock: {director: {region: mine}}}}")
                .settings("director");

        assertThat(settings.at("/paddock/director/region").asText()).isEqualTo("mine");
        assertThat(settings.at("/paddock/director/backend").asText()).isEqualTo("kubernetes");
    }

    @Test
    void otherSettingsMakeOtherPodsOfThatPartAlone() {
        Rendered changed = Rendered.with("director: {settings: {paddock: {director: {lost-after: 9s}}}}");

        assertThat(settingsOf(changed, "director")).isNotEqualTo(settingsOf(chart, "director"));
        assertThat(settingsOf(changed, "manager")).isEqualTo(settingsOf(chart, "manager"));
    }

    @Test
    void onTheNetworkOfItsNodeAPodMakesRoomForItsSuccessor() {
        JsonNode manager = Rendered.with("hostNetwork: true").one("Deployment", "demo-manager");

        assertThat(manager.at("/spec/template/spec/hostNetwork").asBoolean()).isTrue();
        assertThat(manager.at("/spec/strategy/rollingUpdate/maxSurge").asInt()).isZero();
        assertThat(manager.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt())
                .isOne();
    }

    @Test
    void theOnlyPodOfAPartMayBeEvicted() {
        assertThat(Rendered.with("inventory: {replicas: 1}").all("PodDisruptionBudget"))
                .hasSize(2);
    }

    private static String settingsOf(Rendered chart, String part) {
        return chart.one("Deployment", "demo-" + part)
                .at("/spec/template/metadata/annotations")
                .path("paddock.dev/settings")
                .asText();
    }
}
