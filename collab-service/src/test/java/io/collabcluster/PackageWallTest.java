package io.collabcluster;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;

/** A package imports only packages below it. */
@AnalyzeClasses(packages = "io.collabcluster", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageWallTest {

    private static final List<String> LOWEST_FIRST =
            List.of("engineio", "socketio", "cluster", "access", "collab", "status", "config", "balance", "cli");

    @ArchTest
    static final ArchRule aPackageImportsOnlyPackagesBelowIt = wall();

    private static LayeredArchitecture wall() {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : LOWEST_FIRST) {
            layers = layers.optionalLayer(name).definedBy("io.collabcluster." + name + "..");
        }
        for (int i = 0; i < LOWEST_FIRST.size(); i++) {
            String[] above = LOWEST_FIRST.subList(i + 1, LOWEST_FIRST.size()).toArray(String[]::new);
            String name = LOWEST_FIRST.get(i);
            layers = above.length == 0
                    ? layers.whereLayer(name).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(name).mayOnlyBeAccessedByLayers(above);
        }
        return layers;
    }
}
