package io.collabcluster.operator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerTest {

    @TempDir
    Path folder;

    @Test
    void nothingThatIsNamedForSomethingElseIsTaken() throws IOException {
        Path usual = Files.writeString(folder.resolve("config"), "");
        assertThat(ApiServer.of(Map.of("KUBECONFIG", usual.toString()))).isEmpty();
        assertThat(ApiServer.of(Map.of(ApiServer.KUBECONFIG, " ", ApiServer.ASSETS, "")))
                .isEmpty();
    }

    @Test
    void aClusterGoesBeforeBinaries() throws IOException {
        binaries();
        Path kubeconfig = Files.writeString(folder.resolve("test"), "");
        assertThat(ApiServer.of(Map.of(ApiServer.ASSETS, folder.toString()))).contains(new ApiServer.Binaries(folder));
        assertThat(ApiServer.of(
                        Map.of(ApiServer.KUBECONFIG, kubeconfig.toString(), ApiServer.ASSETS, folder.toString())))
                .contains(new ApiServer.Cluster(kubeconfig));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> ApiServer.of(Map.of(ApiServer.KUBECONFIG, missing.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "COLLAB_TEST_KUBECONFIG: there is no file " + missing + " that can be read: name a kubeconfig");
    }

    @Test
    void aBinaryThatIsNotThereIsNamed() throws IOException {
        binaries();
        Files.delete(folder.resolve("etcd"));
        assertThatThrownBy(() -> ApiServer.of(Map.of(ApiServer.ASSETS, folder.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "KUBEBUILDER_ASSETS: there is no " + folder.resolve("etcd") + " that can be run");
    }

    /** Add-ons are made from text: that it is what was meant shows nowhere else without an API server. */
    @Test
    void theDefinitionsOfAddOnsAreWhole() {
        assertThat(AddOns.DEFINITIONS)
                .extracting(kind -> kind.getMetadata().getName())
                .containsExactly(
                        "httproutes.gateway.networking.k8s.io",
                        "servicemonitors.monitoring.coreos.com",
                        "prometheusrules.monitoring.coreos.com");
        assertThat(AddOns.DEFINITIONS)
                .allSatisfy(kind -> assertThat(specification(kind)).isNotEmpty());
    }

    /** The properties of its spec. */
    private static Map<String, JSONSchemaProps> specification(CustomResourceDefinition kind) {
        return kind.getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("spec")
                .getProperties();
    }

    @Test
    void routesOfTheStandardChannelHaveNoCookies() {
        CustomResourceDefinition routes = AddOns.DEFINITIONS.getFirst();
        assertThat(AddOns.sessionsPersist(routes)).isTrue();
        CustomResourceDefinition standard = Serialization.clone(routes);
        specification(standard)
                .get("rules")
                .getItems()
                .getSchema()
                .getProperties()
                .remove("sessionPersistence");
        assertThat(AddOns.sessionsPersist(standard)).isFalse();
    }

    private void binaries() throws IOException {
        for (String binary : List.of("kube-apiserver", "etcd", "kubectl")) {
            assertThat(Files.createFile(folder.resolve(binary)).toFile().setExecutable(true))
                    .isTrue();
        }
    }
}
