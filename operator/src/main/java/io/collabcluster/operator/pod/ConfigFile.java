package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.Names;

/** config.json, and the command that reads it. */
final class ConfigFile implements Part {

    static final String FOLDER = "/etc/collab";
    static final String NAME = "config.json";

    @Override
    public void addTo(Draft draft) {
        draft.pod
                .addNewVolume()
                .withName("config")
                .withNewConfigMap()
                .withName(Names.config(draft.cluster))
                .withDefaultMode(0444)
                .endConfigMap()
                .endVolume();
        draft.mount("config", FOLDER);
        draft.container.withArgs("serve", FOLDER + "/" + NAME);
    }
}
