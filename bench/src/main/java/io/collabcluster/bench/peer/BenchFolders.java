package io.collabcluster.bench.peer;

import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * The folders of the checkout that the bench was built in.
 *
 * @param target the bench's own build folder
 */
record BenchFolders(Path target) {

    /** Classes and the jar stand in the same folder. */
    static BenchFolders here() {
        try {
            var code = BenchFolders.class.getProtectionDomain().getCodeSource().getLocation();
            return new BenchFolders(Path.of(code.toURI()).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the bench doesn't know where it was built: " + e.getMessage(), e);
        }
    }

    Path nodeSources() {
        return target.resolveSibling("src").resolve("main").resolve("node");
    }

    /** Where the Node programs are installed with their libraries. */
    Path nodeInstallation() {
        return target.resolve("node");
    }

    /** Of the Java machine, by which our server is started. */
    Path serveOptions() {
        return checkout().resolve("collab-service").resolve("serve.options");
    }

    Path checkout() {
        return target.getParent().getParent();
    }
}
