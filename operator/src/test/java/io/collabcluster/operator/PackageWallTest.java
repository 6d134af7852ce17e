package io.collabcluster.operator;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A package imports only what its package-info says. */
@AnalyzeClasses(packages = "io.collabcluster.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageWallTest {

    @ArchTest
    static final ArchRule aPackageImportsOnlyWhatItMay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("io.collabcluster.operator.api")
            .optionalLayer("exposure")
            .definedBy("io.collabcluster.operator.exposure")
            .optionalLayer("pod")
            .definedBy("io.collabcluster.operator.pod")
            .optionalLayer("scaling")
            .definedBy("io.collabcluster.operator.scaling")
            .optionalLayer("status")
            .definedBy("io.collabcluster.operator.status")
            .optionalLayer("resource")
            .definedBy("io.collabcluster.operator.resource")
            .optionalLayer("operator")
            .definedBy("io.collabcluster.operator")
            .whereLayer("api")
            .mayNotAccessAnyLayer()
            .whereLayer("exposure")
            .mayOnlyAccessLayers("api")
            .whereLayer("pod")
            .mayOnlyAccessLayers("api")
            .whereLayer("scaling")
            .mayOnlyAccessLayers("api")
            .whereLayer("status")
            .mayOnlyAccessLayers("scaling", "api")
            .whereLayer("resource")
            .mayOnlyAccessLayers("pod", "exposure", "api")
            .whereLayer("operator")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule noPackageNeedsItself =
            slices().matching("io.collabcluster.operator.(*)..").should().beFreeOfCycles();
}
